// sharp as a program of the comparison (see measure.mjs), on one thread and without its cache. Three
// renditions take three calls. The images are written to the directory sharp.
import sharp from 'sharp';
import fs from 'node:fs';
import readline from 'node:readline';

sharp.concurrency(1);
sharp.cache(false);
fs.mkdirSync('sharp', { recursive: true });

const run = async (input, renditions) => {
  const results = [];
  for (const rendition of renditions.split(';')) {
    const [size, ...options] = rendition.split(',');
    const format = ['png', 'webp'].find((name) => options.includes(name)) ?? 'jpeg';
    const fit = options.includes('cover') ? 'cover' : 'inside';
    const position = options.includes('attention') ? sharp.strategy.attention : 'centre';
    const [w, h] = size.split('x').map(Number);
    results.push([format, await sharp(input)
      .resize(w, h, { fit, position, withoutEnlargement: true })[format](format === 'png' ? {} : { quality: 80 }).toBuffer()]);
  }
  return results;
};

for await (const line of readline.createInterface({ input: process.stdin })) {
  const [name, file, renditions] = line.replace(/^keep /, '').split('=', 3);
  const input = fs.readFileSync(file);
  if (line.startsWith('keep ')) {
    (await run(input, renditions)).forEach(([format, bytes], i) =>
      fs.writeFileSync(`sharp/${name}-r${i}.${format === 'jpeg' ? 'jpg' : format}`, bytes));
    console.log(0);
    continue;
  }
  const before = process.cpuUsage();
  const used = () => {
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000;
  };
  let runs = 0;
  for (; used() < 500; runs++) await run(input, renditions);
  console.log((used() / runs).toFixed(3));
}
