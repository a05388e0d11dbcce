// An application that requires instead of importing.

const full = require("leadgate");
const author = require("leadgate/author");
const page = require("leadgate/page");
const plain = require("leadgate/plain");
const { input } = require("./input.mjs");
const policies = require("./policies.mjs");
const { report } = require("./report.mjs");

console.log(JSON.stringify(report({ full, page, plain, author }, { ...input, policies })));
