#include "enkat/design/parts.hpp"

#include "enkat/basics/fnv.hpp"

namespace enkat {
namespace {

constexpr std::string_view magic = "enkat part 1";

std::uint64_t checksum(std::string_view bytes) {
  Fnv fnv;
  fnv.add(bytes);
  return fnv.hash();
}

[[noreturn]] void refuse(const std::string& what) {
  throw EstimateError("estimate.foreign_state",
                      "these bytes are no part of this pass (" + what + "): compute the part again");
}

}  // namespace

void Pass::see(const Table& part, Monitor& monitor) {
  if (part.rows() == 0) return;
  observe(part, monitor);
  rows_ += static_cast<std::int64_t>(part.rows());
}

std::string Pass::bytes() const {
  ByteWriter out;
  out.put(magic);
  out.put(name_);
  out.put(rows_);
  write(out);
  const std::uint64_t sum = checksum(out.bytes());
  out.put(sum);
  return out.bytes();
}

void Pass::add(std::string_view bytes) {
  if (bytes.size() < sizeof(std::uint64_t)) refuse("too short");
  const std::string_view content = bytes.substr(0, bytes.size() - sizeof(std::uint64_t));
  ByteReader tail(bytes.substr(content.size())), in(content);
  if (tail.get<std::uint64_t>() != checksum(content)) refuse("damaged or cut short");
  if (in.text() != magic) refuse("of another kind or version");
  if (in.text() != name_) refuse("of another pass");
  const auto rows = in.get<std::int64_t>();
  merge(in);
  if (!in.at_end()) refuse("too long");
  rows_ += rows;
}

void run_pass(Parts& parts, Pass& pass, const std::vector<std::string>& columns, std::int64_t rows, Monitor& monitor) {
  parts.run(pass, columns, monitor);
  if (pass.rows() == rows) return;
  throw DataError("data.changed",
                  "the data had " + std::to_string(rows) + " rows when they were read first, and have " +
                      std::to_string(pass.rows()) + " now: nothing is estimated from a part; scan them anew",
                  {{"rows", pass.rows()}, {"expected", rows}});
}

}  // namespace enkat
