# SPDX-License-Identifier: MIT
# What doxygen sees of our sources. Lines stay where they are.

# That equal things are equal needs no page.
s/^ *friend bool operator==.*= default;//

# Pages that are not among these.
s/\[\([^]]*\)\](docs\/[^)]*\.md)/\1/g

# Dots that would end the first sentence.
/\/\/\//s/ \.\. / to /g
/\/\/\//s/et al\. /et al.\\ /g
