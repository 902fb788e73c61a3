# GoogleTest from the system package manager, where it is missing and may be installed without asking for a password.
# Otherwise nothing happens here, and CMake fetches a pinned release.
set -u
[ -e /usr/include/gtest/gtest.h ] && exit 0
command -v apt-get > /dev/null || exit 0
as_root=()
if [ "$(id -u)" != 0 ]; then
  command -v sudo > /dev/null && sudo -n true 2> /dev/null || exit 0
  as_root=(sudo -n)
fi
export DEBIAN_FRONTEND=noninteractive
install=("${as_root[@]}" apt-get install -y -q --no-install-recommends libgtest-dev)
"${install[@]}" || { "${as_root[@]}" apt-get update -q && "${install[@]}"; } || true
