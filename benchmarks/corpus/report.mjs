// Writes report.html from native.tsv, java.tsv, sharp.tsv and the images in pages.
import fs from 'node:fs';

const [directory] = process.argv.slice(2);
const rows = (file) => new Map(fs.readFileSync(file, 'utf8').split('\n').filter(Boolean)
  .map((line) => line.split('\t')).map(([name, ...rest]) => [name, rest.join(' ')]));
const programs = ['native', 'java', 'sharp'];
const notes = Object.fromEntries(programs.map((program) => [program, rows(`${program}.tsv`)]));
const escaped = (text) => text.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);
fs.mkdirSync('pages/browser', { recursive: true });

const cell = (program, name) => {
  const note = escaped(notes[program].get(name) ?? '');
  const file = `pages/${program}/${name}.png`;
  return `<td>${fs.existsSync(file) ? `<img src="${encodeURI(file)}" alt="">` : ''}<small>${note}</small></td>`;
};
const names = [...notes.native.keys()].filter((name) => fs.statSync(`${directory}/${name}`).isFile());
const body = names.map((name) => {
  fs.copyFileSync(`${directory}/${name}`, `pages/browser/${name}`);
  const own = `<td><img src="${encodeURI(`pages/browser/${name}`)}" alt="not shown"></td>`;
  return `<tr><th>${escaped(name)}</th>${programs.map((p) => cell(p, name)).join('')}${own}</tr>`;
});
const half = Math.ceil(body.length / 2);
const table = (part) => `<table><tr><th></th><th>native</th><th>pure Java</th><th>sharp</th><th>browser</th></tr>
${part.join('\n')}</table>`;
fs.writeFileSync('report.html', `<!doctype html><meta charset="utf-8"><title>Corpus</title><style>
body{font:12px sans-serif;display:flex;gap:16px;align-items:flex-start;background:#fff}
th{text-align:left;font-weight:normal;max-width:180px;overflow-wrap:anywhere}
td{width:100px;height:58px;vertical-align:top}td small{display:block;color:#a00;overflow-wrap:anywhere;max-height:15px;overflow:hidden}
img{width:72px;height:52px;object-fit:contain;image-rendering:pixelated;outline:1px solid #ddd}
</style>${table(body.slice(0, half))}${table(body.slice(half))}`);
