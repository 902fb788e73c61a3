#include "enkat/data/moment.hpp"

#include <chrono>
#include <limits>

namespace enkat {
namespace {

std::string padded(std::int64_t value, std::size_t width) {
  const std::string digits = std::to_string(value);
  return digits.size() < width ? std::string(width - digits.size(), '0') + digits : digits;
}

std::string date_text(std::int64_t days_since_epoch) {
  const std::chrono::year_month_day date{
      std::chrono::sys_days{std::chrono::days{static_cast<std::int32_t>(days_since_epoch)}}};
  return padded(int{date.year()}, 4) + "-" + padded(unsigned{date.month()}, 2) + "-" + padded(unsigned{date.day()}, 2);
}

/// How many units make a second, and how many decimals that is.
std::pair<std::int64_t, std::size_t> resolution(char unit) {
  switch (unit) {
    case 'm':
      return {1'000, 3};
    case 'u':
      return {1'000'000, 6};
    case 'n':
      return {1'000'000'000, 9};
    default:
      return {1, 0};
  }
}

}  // namespace

std::string moment_text(const Column::Form& form, std::int64_t value) {
  if (form.type == ColumnType::date) return date_text(value);
  const auto [per_second, decimals] = resolution(form.unit);
  const std::int64_t per_day = 86'400 * per_second;
  std::int64_t day = value / per_day, rest = value % per_day;
  if (rest < 0) rest += per_day, --day;
  const std::int64_t second = rest / per_second, fraction = rest % per_second;
  std::string text = date_text(day);
  text.append("T").append(padded(second / 3600, 2)).append(":").append(padded(second / 60 % 60, 2));
  text.append(":").append(padded(second % 60, 2));
  if (fraction != 0) text.append(".").append(padded(fraction, decimals));
  return text;
}

void seconds_of(const Column& column, std::size_t first, std::span<double> out) {
  const bool days = column.type() == ColumnType::date;
  const auto per_second = static_cast<double>(resolution(column.form().unit).first);
  column.for_each_run(
      first, out.size(), [&](const Chunk& chunk, std::size_t cell, std::size_t count, std::size_t done) {
        const std::size_t start = chunk.offset + cell;
        for (std::size_t i = 0; i < count; ++i)
          out[done + i] =
              days ? 86'400.0 * static_cast<const std::int32_t*>(chunk.values)[start + i]
                   : static_cast<double>(static_cast<const std::int64_t*>(chunk.values)[start + i]) / per_second;
        chunk.for_missing(cell, count,
                          [&](std::size_t i) { out[done + i] = std::numeric_limits<double>::quiet_NaN(); });
      });
}

}  // namespace enkat
