// Render one template again and again: a line of JSON in for each, a line with the seconds it took out.
"use strict";

const fs = require("node:fs");
const readline = require("node:readline");
const PizZip = require("pizzip");
const Docxtemplater = require("docxtemplater");

const [template, values] = process.argv.slice(2);
const data = JSON.parse(fs.readFileSync(values, "utf8"));

function render() {
  const zip = new PizZip(fs.readFileSync(template));
  const document = new Docxtemplater(zip, { paragraphLoop: true, linebreaks: true });
  document.render(data);
  return document.getZip().generate({ type: "nodebuffer", compression: "DEFLATE" });
}

readline.createInterface({ input: process.stdin }).on("line", (line) => {
  const { save } = JSON.parse(line);
  const start = process.hrtime.bigint();
  const output = render();
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  if (save) fs.writeFileSync(save, output);
  process.stdout.write(JSON.stringify({ seconds, bytes: output.length }) + "\n");
});
