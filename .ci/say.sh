# Sourced by the scripts beside it: how they speak, and how they stop.

say() {
  printf '\n==> [%d:%02d] %s\n' $((SECONDS / 60)) $((SECONDS % 60)) "$*"
}

fail() {
  printf '\nsala: %s\n' "$*" >&2
  exit 1
}

# need COMMAND WHAT_IT_IS HOW_TO_GET_IT
need() {
  command -v "$1" >/dev/null 2>&1 || fail "$2 is missing. Install it with:  $3"
}
