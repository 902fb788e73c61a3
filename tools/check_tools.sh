# Says, in one line to copy, what has to be installed before anything can be built.
missing=()
command -v g++ > /dev/null || missing+=(g++)
if ! command -v python3 > /dev/null; then
  missing+=(python3 python3-dev python3-venv)
else
  python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' || {
    echo "enkat needs Python 3.11 or newer; python3 here is $(python3 -V)" >&2
    exit 1
  }
  python3 -c 'import pathlib, sys, sysconfig
sys.exit(not pathlib.Path(sysconfig.get_path("include"), "Python.h").exists())' || missing+=(python3-dev)
  python3 -c 'import ensurepip, venv' 2> /dev/null || missing+=(python3-venv)
fi
if [ ${#missing[@]} -gt 0 ]; then
  sudo=$([ "$(id -u)" = 0 ] || echo "sudo ")
  echo "Something is missing; this installs it:" >&2
  echo "    ${sudo}apt-get update && ${sudo}apt-get install -y ${missing[*]}" >&2
  exit 1
fi
