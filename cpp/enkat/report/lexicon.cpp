#include "enkat/report/lexicon.hpp"

#include <algorithm>

namespace enkat {
namespace {

constexpr std::int64_t everyone = 1;

Lexicon swedish() {
  return {
      .numbers = {{"en", 1},
                  {"ett", 1},
                  {"två", 2},
                  {"tre", 3},
                  {"fyra", 4},
                  {"fem", 5},
                  {"sex", 6},
                  {"sju", 7},
                  {"åtta", 8},
                  {"nio", 9},
                  {"tio", 10},
                  {"elva", 11},
                  {"tolv", 12},
                  {"tjugo", 20},
                  {"hundra", 100}},
      .parts = {{"tredjedel", 3},
                {"tredjedelar", 3},
                {"fjärdedel", 4},
                {"fjärdedelar", 4},
                {"femtedel", 5},
                {"femtedelar", 5},
                {"sjättedel", 6},
                {"sjättedelar", 6},
                {"tiondel", 10},
                {"tiondelar", 10}},
      .every = {{"annan", 2},
                {"annat", 2},
                {"tredje", 3},
                {"fjärde", 4},
                {"femte", 5},
                {"sjätte", 6},
                {"sjunde", 7},
                {"åttonde", 8},
                {"nionde", 9},
                {"tionde", 10},
                {"tjugonde", 20},
                {"hundrade", 100}},
      .every_one = {"var", "vart"},
      .hedges = {{"mer än", Hedge::more_than},
                 {"fler än", Hedge::more_than},
                 {"över", Hedge::more_than},
                 {"minst", Hedge::at_least},
                 {"åtminstone", Hedge::at_least},
                 {"mindre än", Hedge::less_than},
                 {"färre än", Hedge::less_than},
                 {"under", Hedge::less_than},
                 {"högst", Hedge::at_most},
                 {"som mest", Hedge::at_most},
                 {"max", Hedge::at_most},
                 {"upp till", Hedge::at_most},
                 {"nästan", Hedge::nearly},
                 {"knappt", Hedge::nearly},
                 {"närmare", Hedge::nearly},
                 {"inte fullt", Hedge::nearly},
                 {"strax under", Hedge::nearly},
                 {"drygt", Hedge::just_over},
                 {"lite mer än", Hedge::just_over},
                 {"något mer än", Hedge::just_over},
                 {"strax över", Hedge::just_over},
                 {"ungefär", Hedge::about},
                 {"cirka", Hedge::about},
                 {"ca", Hedge::about},
                 {"ca .", Hedge::about},
                 {"omkring", Hedge::about},
                 {"runt", Hedge::about}},
      .hedges_after = {{"eller fler", Hedge::at_least},
                       {"eller mer", Hedge::at_least},
                       {"eller färre", Hedge::at_most},
                       {"eller mindre", Hedge::at_most}},
      .up_to = {"upp till"},
      .intensifiers = {"hela", "så många som", "så mycket som"},
      .out_of = {"av"},
      .percent = {"procent", "%"},
      .between = {"mellan"},
      .and_ = {"och", "till", "–", "-"},
      .shares = {{"hälften", {Amount::fraction, 1, 2, false}},
                 {"varannan", {Amount::fraction, 1, 2, false}},
                 {"vartannat", {Amount::fraction, 1, 2, false}},
                 {"de flesta", {Amount::majority, 0, 1, false}},
                 {"majoriteten", {Amount::majority, 0, 1, false}},
                 {"en majoritet", {Amount::majority, 0, 1, false}},
                 {"flertalet", {Amount::majority, 0, 1, false}},
                 {"nästan alla", {Amount::nearly_all, 0, 1, false}},
                 {"nästan samtliga", {Amount::nearly_all, 0, 1, false}},
                 {"så gott som alla", {Amount::nearly_all, 0, 1, false}},
                 {"få", {Amount::few, 0, 1, true}},
                 {"alla", {Amount::fraction, everyone, 1, true}},
                 {"samtliga", {Amount::fraction, everyone, 1, true}},
                 {"ingen", {Amount::fraction, 0, 1, true}},
                 {"inga", {Amount::fraction, 0, 1, true}}},
      .articles = {"den", "det", "de", "allra", "delad"},
      .superlatives = {"främst", "främsta", "främste", "primär", "primära", "primärt", "viktigast", "viktigaste",
                       "vanligast", "vanligaste", "störst", "största", "flest"},
      .first_place = {"första plats", "första plats på listan", "förstaplats", "förstaplatsen"},
  };
}

Lexicon english() {
  return {
      .numbers = {{"one", 1},
                  {"two", 2},
                  {"three", 3},
                  {"four", 4},
                  {"five", 5},
                  {"six", 6},
                  {"seven", 7},
                  {"eight", 8},
                  {"nine", 9},
                  {"ten", 10},
                  {"eleven", 11},
                  {"twelve", 12},
                  {"twenty", 20},
                  {"hundred", 100},
                  {"a hundred", 100}},
      .parts = {{"third", 3},
                {"thirds", 3},
                {"quarter", 4},
                {"quarters", 4},
                {"fifth", 5},
                {"fifths", 5},
                {"sixth", 6},
                {"sixths", 6},
                {"tenth", 10},
                {"tenths", 10}},
      .every = {{"other", 2}, {"second", 2}, {"third", 3}, {"fourth", 4}, {"fifth", 5}, {"sixth", 6}, {"tenth", 10}},
      .every_one = {"every"},
      .hedges = {{"more than", Hedge::more_than},
                 {"over", Hedge::more_than},
                 {"above", Hedge::more_than},
                 {"at least", Hedge::at_least},
                 {"no fewer than", Hedge::at_least},
                 {"less than", Hedge::less_than},
                 {"fewer than", Hedge::less_than},
                 {"under", Hedge::less_than},
                 {"below", Hedge::less_than},
                 {"at most", Hedge::at_most},
                 {"no more than", Hedge::at_most},
                 {"up to", Hedge::at_most},
                 {"nearly", Hedge::nearly},
                 {"almost", Hedge::nearly},
                 {"just under", Hedge::nearly},
                 {"just over", Hedge::just_over},
                 {"slightly more than", Hedge::just_over},
                 {"a little over", Hedge::just_over},
                 {"about", Hedge::about},
                 {"around", Hedge::about},
                 {"approximately", Hedge::about},
                 {"roughly", Hedge::about}},
      .hedges_after = {{"or more", Hedge::at_least}, {"or fewer", Hedge::at_most}, {"or less", Hedge::at_most}},
      .up_to = {"up to"},
      .intensifiers = {"as many as", "as much as", "fully", "no less than", "a full"},
      .out_of = {"out of", "in", "of", "out of every", "in every"},
      .percent = {"percent", "per cent", "%"},
      .between = {"between"},
      .and_ = {"and", "to", "–", "-"},
      .shares = {{"half", {Amount::fraction, 1, 2, false}},
                 {"a third", {Amount::fraction, 1, 3, false}},
                 {"a quarter", {Amount::fraction, 1, 4, false}},
                 {"a fifth", {Amount::fraction, 1, 5, false}},
                 {"a tenth", {Amount::fraction, 1, 10, false}},
                 {"most of", {Amount::majority, 0, 1, false}},
                 {"most", {Amount::majority, 0, 1, true}},
                 {"the majority", {Amount::majority, 0, 1, false}},
                 {"a majority", {Amount::majority, 0, 1, false}},
                 {"nearly all", {Amount::nearly_all, 0, 1, false}},
                 {"almost all", {Amount::nearly_all, 0, 1, false}},
                 {"few", {Amount::few, 0, 1, true}},
                 {"all", {Amount::fraction, everyone, 1, true}},
                 {"everyone", {Amount::fraction, everyone, 1, true}},
                 {"none", {Amount::fraction, 0, 1, true}},
                 {"no one", {Amount::fraction, 0, 1, true}}},
      .articles = {"the", "joint"},
      .superlatives = {"most important", "most common", "most frequent", "most often", "main", "primary", "foremost",
                       "largest", "biggest", "greatest", "top"},
      .first_place = {"first place", "ranks first", "ranked first", "comes first", "came first"},
  };
}

}  // namespace

const Lexicon& lexicon(Language language) {
  static const Lexicon sv = swedish();
  static const Lexicon en = english();
  return language == Language::sv ? sv : en;
}

std::size_t spelled(const std::vector<Word>& words, std::size_t at, std::string_view phrase) {
  std::size_t count = 0;
  while (!phrase.empty()) {
    const std::size_t end = std::min(phrase.find(' '), phrase.size());
    if (at + count >= words.size() || !words[at + count].is(phrase.substr(0, end))) return 0;
    phrase.remove_prefix(std::min(end + 1, phrase.size()));
    ++count;
  }
  return count;
}

std::size_t longest(const std::vector<Word>& words, std::size_t at, const std::vector<std::string_view>& phrases) {
  std::size_t length = 0;
  for (const std::string_view phrase : phrases) length = std::max(length, spelled(words, at, phrase));
  return length;
}

}  // namespace enkat
