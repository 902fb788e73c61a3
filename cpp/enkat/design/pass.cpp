#include "enkat/design/pass.hpp"

#include <map>

#include "enkat/basics/fnv.hpp"

namespace enkat {
namespace {

constexpr std::string_view magic = "enkat part 2";

std::uint64_t hash_of(std::string_view bytes) {
  Fnv fnv;
  fnv.add(bytes);
  return fnv.hash();
}

[[noreturn]] void refuse(const std::string& what) {
  throw EstimateError("estimate.foreign_state",
                      "these bytes are no part of this pass (" + what + "): compute the part again");
}

std::map<std::string, PassMaker, std::less<>>& makers() {
  static std::map<std::string, PassMaker, std::less<>> known;
  return known;
}

}  // namespace

void know_pass(std::string_view name, PassMaker make) { makers().emplace(name, make); }

void Pass::see(const Table& part, Monitor& monitor) {
  if (part.rows() == 0) return;
  observe(part, monitor);
  rows_ += static_cast<std::int64_t>(part.rows());
}

std::string Pass::sent() const {
  ByteWriter out;
  out.put(magic);
  all_.write(out);
  out.put(name());
  write_pass(out);
  id_ = hash_of(out.bytes());
  return out.bytes();
}

std::uint64_t Pass::id() const {
  if (!id_) sent();
  return *id_;
}

std::unique_ptr<Pass> pass_from(const Table& columns, const Design& design, std::string_view sent) {
  ByteReader in(sent);
  if (in.text() != magic) refuse("of another kind or version");
  Survey all(columns, design, in);
  const auto make = makers().find(in.text());
  if (make == makers().end()) refuse("of another version");
  std::unique_ptr<Pass> pass = make->second(std::move(all), in);
  if (!in.at_end()) refuse("too long");
  pass->id_ = hash_of(sent);
  return pass;
}

std::string Pass::bytes() const {
  ByteWriter out;
  out.put(magic);
  out.put(id());
  out.put(rows_);
  write(out);
  const std::uint64_t sum = hash_of(out.bytes());
  out.put(sum);
  return out.bytes();
}

void Pass::add(std::string_view bytes) {
  if (bytes.size() < sizeof(std::uint64_t)) refuse("too short");
  const std::string_view content = bytes.substr(0, bytes.size() - sizeof(std::uint64_t));
  ByteReader tail(bytes.substr(content.size())), in(content);
  if (tail.get<std::uint64_t>() != hash_of(content)) refuse("damaged or cut short");
  if (in.text() != magic) refuse("of another kind or version");
  if (in.get<std::uint64_t>() != id()) refuse("of another pass");
  const auto rows = in.get<std::int64_t>();
  merge(in);
  if (!in.at_end()) refuse("too long");
  rows_ += rows;
}

}  // namespace enkat
