# Starts the review, where there is a Node that can.
if ! command -v node >/dev/null; then
  echo "::error title=runbook review::There is no Node on this runner. Add a step with actions/setup-node and node-version 20 or later before this one."
  exit 1
fi
if ! node -e 'const [major, minor] = process.versions.node.split("."); process.exit(major > 20 || (major == 20 && minor >= 19) ? 0 : 1)'; then
  echo "::error title=runbook review::Node $(node --version) is too old: 20.19 or later is needed. Add a step with actions/setup-node before this one."
  exit 1
fi
exec node "$GITHUB_ACTION_PATH/action/run.mjs"
