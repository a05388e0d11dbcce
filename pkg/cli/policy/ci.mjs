// An example of continuous integration for a policy of one's own.

/** A path as a word of a shell. @param {string} path */
const word = (path) => (/^[\w./-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`);

/**
 * A workflow for GitHub: a policy whose golden leads break is not merged.
 * @param {string} folder of the policy, as seen from the repository
 * @param {string[]} documents in it
 * @param {string} version of the package
 */
export function continuousIntegration(folder, documents, version) {
  const checks = documents.map((document) => `          npx --yes leadgate@${version} check ${word(`${folder.replaceAll("\\", "/").replace(/\/+$/, "")}/${document}`)}`);
  return `# Copy this file to .github/workflows/ of the repository. The paths begin where the repository does.
name: policy
on: [push, pull_request]
permissions:
  contents: read
jobs:
  check:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-node@v4
        with:
          node-version: 22
      - name: The policy has no mistakes, and its golden leads come out as agreed
        run: |
${checks.join("\n")}
`;
}
