#include "enkat/report/claim_spec.hpp"

#include <algorithm>

#include "enkat/codebook/object_reader.hpp"
#include "enkat/indicator/indicator.hpp"

namespace enkat {
namespace {

// The group of the other side: columns that it does not name are as in the claim. An expression says all of a group.
std::vector<Condition> differing(const std::vector<Condition>& claim, const std::vector<Condition>& than) {
  const auto is_expression = [](const Condition& condition) { return condition.expression.has_value(); };
  if (std::ranges::any_of(claim, is_expression) || std::ranges::any_of(than, is_expression)) return than;
  std::vector<Condition> group = claim;
  for (const Condition& condition : than) {
    const auto same = std::ranges::find(group, condition.column, &Condition::column);
    if (same == group.end()) {
      group.push_back(condition);
    } else {
      *same = condition;
    }
  }
  return group;
}

}  // namespace

ClaimSpec ClaimSpec::other_side() const {
  ClaimSpec other = *this;
  if (!than->question.empty()) other.question = than->question;
  if (!than->answers.empty()) other.answers = than->answers;
  if (than->where) other.where = differing(where, *than->where);
  return other;
}

ClaimSpec claim_from_json(const Json& json, Language language) {
  std::vector<Issue> problems;
  ClaimSpec claim;
  ObjectReader reader(json, "", "a claim", problems, "report.claim_");
  reader.read("id", claim.id);
  if (!claim.id.empty()) reader.rename("claim '" + claim.id + "'");
  std::string kind, of, base;
  reader.read_word("kind", kind, names_of<ClaimKind>(), "unknown_kind");
  claim.kind = from_name<ClaimKind>(kind);
  reader.read("question", claim.question);
  reader.read_values("answers", claim.answers);
  claim.where = read_where(reader).value_or(std::vector<Condition>());
  if (const Json* than = reader.find("than")) {
    if (!than->is_object() || than->empty()) {
      reader.problem("report.claim_than", "than",
                     "`than` of " + reader.what() +
                         R"( says what with: {"where": …} for another group, {"answers": …} for another answer, )"
                         R"({"question": …} for another question)");
    } else {
      ObjectReader side(*than, reader, "than");
      OtherSide& other = claim.than.emplace();
      side.read("question", other.question);
      side.read_values("answers", other.answers);
      other.where = read_where(side);
      side.finish();
    }
  }
  reader.read_word("of", of, {"share", "count"}, "of");
  if (!of.empty() && !reader.has("than"))
    reader.problem("report.claim_of", "of",
                   "`of` of " + reader.what() +
                       " says what is compared, but the claim compares with nothing: say with what in `than`");
  if (!of.empty()) claim.of_numbers = of == "count";
  reader.read("scope", claim.scope);
  reader.read("policy", claim.policy);
  reader.read_word("base", base, {"answered", "all"}, "base");
  claim.all_respondents = base == "all";
  bool weighted = true;
  reader.read("weighted", weighted);
  claim.plain = !weighted;
  if (const Json* top = reader.find("top")) {
    if (top->is_number_integer() && *top > 0) {
      claim.top = top->get<std::int64_t>();
    } else {
      reader.problem("report.claim_top", "top",
                     "`top` of " + reader.what() + " is a whole number of places, 1 or more");
    }
  }
  Text why;
  reader.read("why", why, "");
  claim.why = why.in(name_of(language));
  reader.find("text");  // the words of a claim stand in the report
  reader.finish();
  for (Issue& issue : problems) issue.context.set("claim", claim.id);
  refuse<ReportError>(problems);
  return claim;
}

}  // namespace enkat
