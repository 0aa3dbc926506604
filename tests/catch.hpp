// SPDX-License-Identifier: MIT
// Catch2 3 and 2.13 from one source: include this, use test cases, sections and matchers.
#ifndef NNGS_TESTS_CATCH_HPP
#define NNGS_TESTS_CATCH_HPP

#if __has_include(<catch2/catch_all.hpp>)
#include <catch2/catch_all.hpp>
#else
#include <catch2/catch.hpp>
#endif

using Catch::Matchers::Equals;
using Catch::Matchers::WithinAbs;

#endif
