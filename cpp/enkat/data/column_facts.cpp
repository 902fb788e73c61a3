#include "enkat/data/column_facts.hpp"

namespace enkat {

ColumnFacts& ColumnFacts::operator+=(const ColumnFacts& other) {
  for (const auto& [name, range] : other.ranges) ranges[name] += range;
  for (const auto& [name, set] : other.labels) labels[name] += set;
  return *this;
}

void ColumnFacts::write(ByteWriter& out) const {
  const auto put = [&](const auto& facts) {
    out.put(facts.size());
    for (const auto& [name, fact] : facts) {
      out.put(name);
      fact.write(out);
    }
  };
  put(ranges);
  put(labels);
}

ColumnFacts ColumnFacts::read(ByteReader& in) const {
  ColumnFacts facts;
  const auto get = [&](auto& kind) {
    for (auto left = in.get<std::size_t>(); left > 0; --left) {
      const std::string name(in.text());
      kind[name] = kind[name].read(in);
    }
  };
  get(facts.ranges);
  get(facts.labels);
  return facts;
}

}  // namespace enkat
