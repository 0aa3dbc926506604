#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Breaks the library one line at a time and builds the test that should notice: each has to turn red.
# usage: tests/mutations.sh [PATTERN]     only those whose line matches PATTERN; all take about a quarter of an hour
# Needs g++ or CXX, Catch2 2.13 and Eigen in /usr/include/eigen3. A break whose line is no longer there counts as a
# failure: mend the list with the code.
set -uo pipefail
project=$(realpath "$(dirname "$0")/..")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
pattern=${1:-}
caught=0 failed=0

compile() { "${CXX:-g++}" -std=c++20 -O1 -w -I"$1" -I"$project/tests" -isystem /usr/include/eigen3 "${@:2}" -pthread -DNNGS_TEST_GOLDEN="\"$project/tests/golden\""; }
compile "$project/include" -c "$project/tests/catch_main.cpp" -o "$work/main.o" || exit 1

# Unbroken, a test has to pass, or its red says nothing.
declare -A sound
is_sound() {
  [ -n "${sound[$1]:-}" ] && return
  compile "$project/include" "$project/tests/library/$1.cpp" "$work/main.o" -o "$work/test" && timeout 300 "$work/test" >/dev/null &&
    sound[$1]=yes
}

# break TEST HEADER WHAT SED
break_line() {
  local test=$1 header=$2 what=$3 edit=$4 result status
  [[ "$test $header $what" =~ $pattern ]] || return 0
  rm -rf "$work/include" && cp -r "$project/include" "$work/include"
  sed -i "$edit" "$work/include/nngs/$header"
  if ! is_sound "$test"; then
    result='FAILED: red unbroken'
  elif cmp -s "$work/include/nngs/$header" "$project/include/nngs/$header"; then
    result='FAILED: the line is not there'
  elif ! compile "$work/include" "$project/tests/library/$test.cpp" "$work/main.o" -o "$work/test" 2>"$work/errors"; then
    result="FAILED: does not compile: $(grep -m 1 error "$work/errors")"
  else
    # A test exits with the number of its failures, which may be timeout's own 124.
    timeout 300 sh -c '"$0" >/dev/null 2>&1 || exit 1' "$work/test"
    status=$?
    case $status in
      0) result='FAILED: not noticed' ;;
      124) result='FAILED: no end' ;;
      *) result=red ;;
    esac
  fi
  if [ "$result" = red ]; then caught=$((caught + 1)); else failed=$((failed + 1)); fi
  printf '%-24s %-28s %-52s %s\n' "$test" "$header" "$what" "$result"
}

# Bytes
break_line serialize serialize.hpp 'the checksum not compared' 's|!= base::checksum(bytes.first(end)))|== 0)|'
break_line serialize serialize.hpp 'a product that wraps round' 's|if (n \* depth > bytes.size() / 4)|if (false)|'
break_line serialize serialize.hpp 'a tie lost' 's|count = (count + 1) % 8;|count = (count + 1) % 7;|'
break_line serialize serialize.hpp 'ties behind the lists pass' 's|if (count > 0 \&\& bits >> count != 0)|if (false)|'
break_line serialize serialize.hpp 'sums that no items give pass' 's/if (!counts || !squares || !sums)/if (false)/'
break_line serialize detail/base/bytes.hpp 'the highest byte first' 's|number >> (8 \* i)|number >> (8 * (sizeof number - 1 - i))|'

# The search by products
break_line products_only_screen detail/search/screen_error.hpp 'error bound too small' 's|relative_ = f \* 1.01 / (1 - f);|relative_ = f / 64;|'
break_line products_only_screen detail/search/screen_error.hpp 'no room for the error' 's|(exact - offset_) / (1 - slope_)|exact + offset_|'
break_line products_only_screen detail/search/screen.hpp 'no coordinate more for inner products' 's|errors_.lift() \* std::sqrt|0 * std::sqrt|'
break_line products_only_screen detail/search/screen_error.hpp 'underflow forgotten' 's|absolute_ = (16.*|absolute_ = 0;|'
break_line products_only_screen detail/search/screen.hpp 'last coordinates dropped' 's|j < dimensions_; j += product_chunk|j + product_chunk <= dimensions_; j += product_chunk|'
break_line products_only_screen detail/search/final_order.hpp 'close scores not decided' 's|(bound.most(double{candidates\[end\].score()}) < least)|true|'
break_line products_only_screen detail/search/screen_error.hpp 'close distances not decided' 's|const double relative = 4 \* (d + 4) \* 0x1p-53;|const double relative = -1;|'
break_line products_only_screen detail/search/shortlists.hpp 'overflow forgotten' 's|accept_\[i\] = overflow;|sizes_[i] = static_cast<std::uint32_t>(depth_);|'
break_line products_only_screen detail/base/pair_schedule.hpp 'a pair of blocks lost' 's|apart < blocks; ++apart)|apart < blocks - (blocks > 3); ++apart)|'
break_line products_only_screen detail/search/by_products.hpp 'one side of a pair not served' 's|if (a != b \&\& lists.offer(row, score, column|if (false \&\& lists.offer(row, score, column|'
break_line lists_match_reference detail/search/packing.hpp 'odd coordinates packed twice' 's|pack_coordinates<Scalar>(from, begin, packed|pack_coordinates<Scalar>(from, begin / 2, packed|'
break_line sets_match_lists detail/search/screen_error.hpp 'certain without room' 's|(exact + offset_ + weight_ \* double{heaviest_}) / (1 + slope_)|exact - 1e-3 * std::abs(exact)|'
break_line sets_match_lists detail/search/by_products.hpp 'an item is its own neighbour' 's|nearest.erase(static_cast<std::size_t>(row));|;|'
# The join by whole numbers
break_line integer_screen detail/search/integer_screen.hpp 'what is rounded away is forgotten' 's|roundings_\[at\] = static_cast<float>(rounding .*|roundings_[at] = 0;|'
break_line integer_screen detail/search/integer_screen.hpp 'only half of what is rounded away' 's|roundings_\[at\] = static_cast<float>(rounding|roundings_[at] = static_cast<float>(rounding / 2|'
break_line integer_screen detail/search/integer_screen.hpp 'the slack of the first point only' 's|widest = std::max(widest, roundings_\[at\]);|widest = roundings_[0];|'
break_line integer_screen detail/search/integer_screen.hpp 'offsets not rounded down' 's|(1 - 10 \* 0x1p-24)|(1 + 10 * 0x1p-24)|'
break_line integer_screen detail/search/integer_screen.hpp 'one step for all panels' 's|double step = magnitudes\[static_cast<std::size_t>(last - 1)\]|double step = magnitudes.front()|'
break_line integer_screen detail/search/integer_kernels.hpp 'rows not made unsigned' 's|0x80808080|0x80808000|'
break_line integer_screen detail/search/by_integers.hpp 'one side of a pair not served' 's|if (score >= accept_columns\[column\])|if (false)|'
break_line integer_screen detail/search/by_integers.hpp 'narrowed by the most for the least' 's|screen_.least(place, worst->score(), one.widest)|worst->score()|'
break_line integer_screen detail/search/by_integers.hpp 'an overflow forgotten' 's|  one.size = static_cast<std::uint32_t>(capacity_);|  one.size = static_cast<std::uint32_t>(depth_); return;|'
break_line integer_screen detail/search/by_integers.hpp 'the error of a sum in float forgotten' 's|in_float_ ? (d / 16 + 80) \* 0x1p-24 : |in_float_ ? 0 : |'
break_line integer_screen detail/search/by_integers.hpp 'sums in float whatever the range' 's|in_float_(values.are_floats() .*|in_float_(values.are_floats()),|'
# Lists and trees
break_line lists_match_reference detail/search/neighbor_order.hpp 'equal keys the other way round' 's|ties->before(a.index, b.index)|ties->before(b.index, a.index)|'
break_line lists_match_reference detail/search/nearest_list.hpp 'the heap takes the wrong child' 's|if (child + 1 < size \&\& order_(heap_\[child\], heap_\[child + 1\])) ++child;|;|'
break_line lists_match_reference detail/search/tree.hpp 'place in the tree taken for the row' 's|nearest_.offer(key, order_\[number\])|nearest_.offer(key, number)|'
break_line tree_rounding detail/search/tree.hpp 'branches skipped without slack' 's|factor_(1 + slack)|factor_(1)|'
break_line lists_match_reference metric.hpp 'chebyshev keeps the smaller' 's|return key < term ? term : key;|return key < term ? key : term;|'
# Pieces
break_line nearest_lists detail/search/tie_rank.hpp 'ties by the place in a piece' 's|number_of(a), number_of(b))|a, b)|'
break_line nearest_lists detail/search/keyed_lists.hpp 'ties of two pieces by the piece' 's|comes_first(ties, near_a\[a\], near_b\[b\])|true|'
break_line nearest_lists detail/search/by_keys.hpp 'queries are searched too' 's|0, values_.searched()|0, values_.rows()|'
break_line nearest_lists detail/search/screen.hpp 'points scaled by infinity' 's|return std::max(least, |return std::max(-100000, |'
break_line nearest_lists detail/search/by_products.hpp 'short lists take queries too' 's/if (point == row || point >= screen_.size()) continue;/if (point == row) continue;/'
break_line nearest_lists search_piece.hpp 'a piece whose keys vanish is refused' 's|search::extent::piece|search::extent::whole|'
break_line nearest_lists search_piece.hpp 'queries that differ from their rows pass' 's|asked.check_same_rows();||'
break_line nearest_lists search_piece.hpp 'any metric passes' 's|i < std::min(most, places.size())|i < 0|'
break_line nearest_lists nearest_lists.hpp 'keys that vanish in all pieces pass' 's|detail::search::check_not_vanishing(range_);||'
break_line nearest_lists detail/row_ranges.hpp 'a row searched twice passes' 's|next.first < joined.back().last)|next.first + 1 < joined.back().last)|'
break_line serialize serialize.hpp 'lists of what was not searched pass' 's|if (!holds(lists.searched_, neighbors\[i\]))|if (false)|'
break_line serialize serialize.hpp 'lists out of order pass' 's|if (!in_order)|if (false)|'
break_line growth growth.hpp 'rows that ask have levels of their own' 's|const Eigen::Index part = asks ? lists.levels_.count - 1 : |const Eigen::Index part = |'
break_line growth growth.hpp 'the chance of all items for every level' 's|chance(items\[level\], here)|chance(items[0], here)|'
break_line growth growth.hpp 'levels in the order of the rows' 's|std::countr_zero(word)|std::countr_zero(static_cast<std::uint32_t>(row + 1))|'
# Scores
break_line enumeration overlap_tally.hpp 'Jaccard over 2 k' 's|static_cast<double>(2 \* k - shared)|static_cast<double>(2 * k)|'
break_line prefix detail/overlap_counter.hpp 'the smaller rank counts' 's|std::max<std::size_t>(rank, ranks_|std::min<std::size_t>(rank, ranks_|'
break_line list_ranks detail/overlap_counter.hpp 'stamps that are used up are not wiped' 's|std::fill(stamps_.begin(), stamps_.end(), Stamp{0});||'
break_line tallies_add_up overlap_tally.hpp 'ties of a shard lost' 's|tied_items_ += other.tied_items_;||'
break_line bad_input_sizes detail/check_graphs.hpp 'items before the first' 's|if (items.first < 0 |if (items.first < -1 |'
# Chance
break_line chance detail/judge/hypergeometric.hpp 'a draw too many' 's|rest_(static_cast<double>(n - 1 - a - b))|rest_(static_cast<double>(n - a - b))|'
break_line chance detail/judge/hypergeometric.hpp 'nothing below the mode' 's|  shared.below(add);||'
break_line spread_under_pairing detail/judge/pairing_variance.hpp 'returned edges forgotten' 's|back = own - (n \* k - static_cast<double>(returned_edges));|back = own;|'
break_line spread_under_pairing judge.hpp 'the sd of single items' 's|std::sqrt(pairing_variance(x, y, n))|std::sqrt(chance(n, x.k).overlap_variance * static_cast<double>(n)) * static_cast<double>(x.k)|'
break_line null_p_values detail/judge/permuted_scores.hpp 'the observed pairing not counted' 's|static_cast<double>(high) / static|static_cast<double>(high - 1) / static|'
break_line items item_test.hpp 'not adjusted for all items' 's|/ rank--)|)|'
break_line graph_diagnostics detail/judge/returned_edges.hpp 'an edge returned too early' 's|std::max<std::size_t>(rank, ranks|std::min<std::size_t>(rank, ranks|'
break_line samples estimate.hpp 'no finite population' 's|variance \* ((all - items) / all) / items|variance / items|'
break_line samples detail/judge/interval.hpp 'nothing added' 's|return rare_ \* std::min.*|return 0;|'
break_line samples detail/judge/interval.hpp 'alike is certain' 's|range \* range) return rare_;|range * range) return 0;|'
break_line samples detail/judge/interval.hpp 'added everywhere' 's|return rare_ \* std::min.*|return rare_;|'
break_line samples detail/judge/interval.hpp 'rare values at every confidence alike' 's|rare_(std::max.*|rare_(1) {}|'
break_line samples detail/judge/interval.hpp 'values left out are not whole' 's| + at_ends \* half_of_one \* half_of_one||'
break_line samples detail/judge/interval.hpp 'the part seen is uncertain' 's|mean \* (m / n)|0|'
break_line random_numbers detail/base/random.hpp 'one round less' 's|round < 10|round < 9|'
# CKA
break_line debiased_cka detail/cka/hsic.hpp 'n - 2 for n - 3' 's|(n \* (n - 3))|(n * (n - 2))|'
break_line linear_cka detail/cka/features.hpp 'symmetric blocks counted once' 's|symmetric \&\& !diagonal ? 2.0 : 1.0|1.0|'
break_line linear_cka detail/cka/centring.hpp 'rows of a block left out' 's|row += packer::lines_at_once|row += packer::lines_at_once + 1|'
break_line cka_same_bits detail/cka/matrix_view.hpp 'steps of a transpose not swapped' 's|std::swap(other.row_step_, other.column_step_);||'
break_line rbf_cka detail/cka/kernels.hpp 'series cut short' 's|series = series \* r + 1 / 2.0;|series = series * r + 0.499;|'
break_line degenerate_kernels detail/cka/hsic.hpp 'identity not noticed' 's|even_x > 0.9|even_x > 1.9|'
break_line cka_matrix detail/cka/many_spaces.hpp 'one norm for both' 's|/ norms\[x\] / norms\[y\]|/ norms[x] / norms[x]|'
break_line cka_matrix detail/cka/item_products.hpp 'one triangle counted' 's|std::sqrt(2.0) \* column|column|'
# Many spaces
break_line similarity_matrix detail/space_pairs.hpp 'a pair in the place of another' 's|- first \* (first - 1) / 2 + second|- first * (first - 1) / 2 + first|'
break_line similarity_matrix detail/space_pairs.hpp 'columns judged as rows' 's|pairs_.square() ? column : pairs_.rows() + column|column|'
break_line similarity_matrix detail/space_pairs.hpp 'blocks run over the end of a row' 's|(row + 1) \* lists)|(row + 2) * lists)|'
break_line sample_matrix detail/space_pairs.hpp 'the first k for every k' 's|return static_cast<std::size_t>(found - ks.begin());|return 0;|'
break_line permutation_matrix detail/judge/permuted_spaces.hpp 'all spaces moved alike' 's|number \* pairs.rows() + space|number|'
break_line permutation_matrix detail/judge/permuted_scores.hpp 'the worst for the best' 's|z\[0\] > highest\[0\]|z[0] < highest[0]|'
# Errors and executors
break_line bad_input_sizes detail/base/check.hpp 'k = n is let through' 's|if (k < 1 .. k > n - 1)|if (k < 1 \|\| k > n)|'
break_line error_facts detail/base/check.hpp 'the row is lost with the name of the matrix' 's|throw input_error(name, error.what(), error.position());|throw input_error(name, error.what());|'
break_line found_elsewhere detail/search/neighbor_lists.hpp 'ties of distances one rank late' 's|lists.set_tied(item, rank - 1, |lists.set_tied(item, std::min(rank, lists.depth() - 1), |'
break_line errors detail/search/input.hpp 'overflow is let through' 's|if (!std::isfinite(adds_up|if (false \&\& !std::isfinite(adds_up|'
break_line executors executor.hpp 'an exception is lost' 's|if (error) std::rethrow_exception(error);||'
break_line executors executor.hpp 'cancelling is forgotten' 's|if (stopped) throw cancelled{};||'
break_line faults executor.hpp 'an exception is lost' 's|if (error) std::rethrow_exception(error);||'
break_line faults executor.hpp 'a report cannot cancel' 's|if (stopped) throw cancelled{};|;|'
break_line bad_input detail/search/key_range.hpp 'keys that vanish are let through' 's|if (range.largest > 0 \&\& range.term <= 0)|if (false)|'
break_line permutation detail/judge/permuted_scores.hpp 'the observed score within its own yardstick' 's|sample_moments(scores, 1)|sample_moments(scores, 0)|'
break_line distances detail/base/rounding.hpp 'a magnitude keeps its sign' 's|return std::abs(difference);|return difference;|'
break_line lists_match_reference detail/base/rounding.hpp 'a magnitude loses its last bit' 's|std::numeric_limits<std::int64_t>::max()|(std::numeric_limits<std::int64_t>::max() - 1)|'

echo "$caught noticed, $failed not"
[ "$failed" -eq 0 ]
