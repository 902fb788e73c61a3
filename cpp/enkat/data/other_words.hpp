#pragma once

#include <vector>

#include "enkat/codebook/codebook.hpp"
#include "enkat/data/answers.hpp"
#include "enkat/data/table.hpp"

namespace enkat {

/// The codebook with a text question `<name>_other` for each question whose residual option takes in words of this
/// table: "my neighbour" beside "TV" and "radio". None is added where a question or column has that name.
Codebook with_other_words(Codebook codebook, const Table& table);

/// The words that respondents gave instead of an option of `target`; who gave none was not asked for them.
Answers::Cells other_words(const Table& table, const Answers& target);

}  // namespace enkat
