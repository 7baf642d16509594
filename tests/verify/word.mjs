// Validates Word files with the Open XML SDK, all in one process: starting its runtime costs far more than one file.
// In: paths as arguments. Out: on stdout, one JSON object from path to a list of {rule, text, place}.
import { readFile } from "node:fs/promises";
import validate from "../../.verify/node_modules/@ooxml-tools/validate/dist/npm/index.js";

async function errors(path) {
  const data = await readFile(path);
  try {
    const found = await validate(data, "docx", "Microsoft365");
    return found.map((error) => ({
      rule: error.id,
      text: error.description,
      place: `${error.path.partUri} ${error.path.xpath}`.trim(),
    }));
  } catch (fault) {
    // The SDK throws for what is not a package at all.
    return [{ rule: "cannot-open", text: fault.message, place: "" }];
  }
}

const results = {};
for (const path of process.argv.slice(2)) results[path] = await errors(path);
process.stdout.write(JSON.stringify(results));
