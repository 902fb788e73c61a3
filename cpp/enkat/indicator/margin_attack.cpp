#include "enkat/indicator/margin_attack.hpp"

#include <algorithm>
#include <limits>
#include <queue>

namespace enkat {
namespace {

constexpr std::int64_t unlimited = std::numeric_limits<std::int64_t>::max() / 4;

// Residual capacities: how much each hidden count may grow (without limit) or shrink (to zero).
class Network {
 public:
  explicit Network(const AttackedTable& table)
      : rows_(table.base.size()),
        columns_(table.count.empty() ? 0 : table.count[0].size()),
        nodes_(rows_ + columns_ + 2),
        capacity_(nodes_ * nodes_, 0) {
    for (std::size_t g = 0; g < rows_; ++g) {
      if (table.base_hidden[g]) hide(root(), row(g), table.base[g]);
      for (std::size_t a = 0; a < columns_; ++a)
        if (table.hidden[g][a]) hide(row(g), column(a), table.count[g][a]);
    }
    // Without a published total nothing is known of how many gave an answer in all groups together.
    for (std::size_t a = 0; a < columns_; ++a)
      if (!table.total_published || table.total_hidden[a])
        hide(column(a), total(), table.total_published ? table.total[a] : unlimited);
    if (!table.total_published) hide(total(), root(), unlimited);
  }

  std::size_t root() const { return 0; }
  std::size_t total() const { return 1; }
  std::size_t row(std::size_t g) const { return 2 + g; }
  std::size_t column(std::size_t a) const { return 2 + rows_ + a; }

  // The range of a hidden count that flows from one node to another.
  CountRange range(std::size_t from, std::size_t to, std::int64_t value) const {
    const std::int64_t grow = other_way(to, from);
    const std::int64_t shrink = std::min(value, other_way(from, to));
    return {value - shrink, std::min(unlimited, value + grow)};
  }

 private:
  void hide(std::size_t from, std::size_t to, std::int64_t value) {
    capacity(from, to) = unlimited;
    capacity(to, from) = value;
  }

  std::int64_t& capacity(std::size_t from, std::size_t to) { return capacity_[from * nodes_ + to]; }

  // How much can be sent from `source` to `sink` when the direct way is closed: Edmonds & Karp (1972).
  std::int64_t other_way(std::size_t source, std::size_t sink) const {
    Network open = *this;
    open.capacity(source, sink) = open.capacity(sink, source) = 0;
    std::int64_t sent = 0;
    while (sent < unlimited) {
      const std::int64_t more = open.augment(source, sink);
      if (more == 0) break;
      sent += more;
    }
    return std::min(sent, unlimited);
  }

  std::int64_t augment(std::size_t source, std::size_t sink) {
    std::vector<std::size_t> before(nodes_, nodes_);
    std::queue<std::size_t> next;
    next.push(source);
    before[source] = source;
    while (!next.empty() && before[sink] == nodes_) {
      const std::size_t node = next.front();
      next.pop();
      for (std::size_t to = 0; to < nodes_; ++to) {
        if (before[to] != nodes_ || capacity(node, to) == 0) continue;
        before[to] = node;
        next.push(to);
      }
    }
    if (before[sink] == nodes_) return 0;
    std::int64_t amount = unlimited;
    for (std::size_t node = sink; node != source; node = before[node])
      amount = std::min(amount, capacity(before[node], node));
    for (std::size_t node = sink; node != source; node = before[node]) {
      capacity(before[node], node) -= amount;
      capacity(node, before[node]) += amount;
    }
    return amount;
  }

  std::size_t rows_, columns_, nodes_;
  std::vector<std::int64_t> capacity_;
};

}  // namespace

CountRange inferable_count(const AttackedTable& table, std::size_t row, std::size_t column) {
  const std::int64_t value = table.count[row][column];
  if (!table.hidden[row][column]) return {value, value};
  const Network network(table);
  return network.range(network.row(row), network.column(column), value);
}

CountRange inferable_total(const AttackedTable& table, std::size_t column) {
  const std::int64_t value = table.total[column];
  if (!table.total_hidden[column]) return {value, value};
  const Network network(table);
  return network.range(network.column(column), network.total(), value);
}

CountRange inferable_base(const AttackedTable& table, std::size_t row) {
  if (!table.base_hidden[row]) return {table.base[row], table.base[row]};
  const Network network(table);
  return network.range(network.root(), network.row(row), table.base[row]);
}

}  // namespace enkat
