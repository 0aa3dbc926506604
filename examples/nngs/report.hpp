// SPDX-License-Identifier: MIT
#ifndef NNGS_EXAMPLES_REPORT_HPP
#define NNGS_EXAMPLES_REPORT_HPP

#include <iosfwd>
#include <string>

#include "arguments.hpp"
#include "comparison.hpp"
#include "item_pairs.hpp"
#include "list_pair.hpp"

namespace program {

/// The chance of a CKA is that of pairing any rows at random: it says nothing of pairs within groups.
inline bool tells_cka_chance(const arguments& asked, const comparison& result) {
  return asked.chance && result.groups <= 1;
}

/// For people: a table of 80 columns.
void write_table(std::ostream& out, const arguments& asked, const item_pairs& pairs,
                 const comparison& result);
void write_table(std::ostream& out, const arguments& asked, const list_pair& pair, const comparison& result);

/// The part of it that lists the items asked for; nothing if none are.
void write_changed(std::ostream& out, const comparison& result);

/// For scripts. Numbers are written so that they read back as the same double (up to 17 digits).
std::string to_json(const arguments& asked, const item_pairs& pairs, const comparison& result);
std::string to_json(const arguments& asked, const list_pair& pair, const comparison& result);

/// A line for each k:
/// k,jaccard,overlap,tied_items,tied_in_both,chance,chance_sd,adjusted,z,p,standard_error,lower,upper.
/// chance_sd and z are those of the overlap. Cells of what was not computed or tells nothing are empty.
/// Where growth is asked for, a line for each number of items instead:
/// kept,items,k,jaccard,overlap,tied_items,tied_in_both,chance,adjusted,standard_error,lower,upper
/// with k or share as what is kept.
std::string to_csv(const comparison& result);

}  // namespace program

#endif
