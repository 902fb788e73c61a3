#include "enkat/codebook/row_expression.hpp"

#include <algorithm>
#include <limits>

#include "enkat/basics/json.hpp"

namespace enkat {
namespace {

[[noreturn]] void refuse_tree(const std::string& text) {
  throw UsageError("usage.expression", "'" + text + "' is not a tree of names, values and operations",
                   {{"expression", text}});
}

constexpr int deepest = 500;

RowNode read(const Json& json, const std::string& text, int depth = 0) {
  RowNode node;
  if (!json.is_object() || depth > deepest) refuse_tree(text);
  if (const auto at = json.find("at"); at != json.end() && at->is_number_unsigned()) node.at = at->get<std::size_t>();
  if (json.contains("name") && json["name"].is_string()) {
    node.kind = RowNode::Kind::name;
    node.text = json["name"].get<std::string>();
  } else if (json.contains("value")) {
    const Json& value = json["value"];
    node.kind = RowNode::Kind::value;
    node.is_truth = value.is_boolean();
    if (value.is_boolean()) {
      node.value = value.get<bool>() ? "true" : "false";
    } else if (value.is_number()) {
      node.value = value.get<double>();
    } else if (value.is_string()) {
      node.value = value.get<std::string>();
    } else {
      refuse_tree(text);
    }
  } else if (json.contains("op") && json["op"].is_string() && json.contains("args") && json["args"].is_array()) {
    node.text = json["op"].get<std::string>();
    for (const Json& arg : json["args"]) node.args.push_back(read(arg, text, depth + 1));
  } else {
    refuse_tree(text);
  }
  return node;
}

Json write(const RowNode& node) {
  if (node.kind == RowNode::Kind::name) return {{"name", node.text}, {"at", node.at}};
  if (node.kind == RowNode::Kind::value)
    return {{"value", node.is_truth ? Json(node.value.text() == "true") : node.value.to_json()}, {"at", node.at}};
  Json args = Json::array();
  for (const RowNode& arg : node.args) args.push_back(write(arg));
  return {{"op", node.text}, {"args", std::move(args)}, {"at", node.at}};
}

void collect(const RowNode& node, std::vector<std::string>& names) {
  if (node.kind == RowNode::Kind::name && std::ranges::find(names, node.text) == names.end())
    names.push_back(node.text);
  for (const RowNode& arg : node.args) collect(arg, names);
}

}  // namespace

double RowNode::number() const {
  if (is_truth) return value.text() == "true" ? 1 : 0;
  return kind == Kind::value && value.is_number() ? value.number() : std::numeric_limits<double>::quiet_NaN();
}

RowExpression::RowExpression(const Json& json) {
  if (!json.is_object() || !json.contains("text") || !json["text"].is_string() || !json.contains("tree"))
    refuse_tree("an expression");
  text_ = json["text"].get<std::string>();
  root_ = read(json["tree"], text_);
}

std::vector<std::string> RowExpression::names() const {
  std::vector<std::string> names;
  collect(root_, names);
  return names;
}

Json RowExpression::to_json() const { return {{"text", text_}, {"tree", write(root_)}}; }

std::string RowExpression::in(const RowNode& part) const {
  return "in '" + text_ + "'" + (part.at > 1 ? " at character " + std::to_string(part.at) : "") + ": ";
}

}  // namespace enkat
