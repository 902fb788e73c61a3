#pragma once

#include <nlohmann/json.hpp>

#include "enkat/basics/json_fwd.hpp"
