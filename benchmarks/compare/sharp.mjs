// CPU time of sharp for each job, on one thread and without its cache; three renditions are three calls.
import sharp from 'sharp';
import fs from 'fs';

sharp.concurrency(1);
sharp.cache(false);
fs.mkdirSync('sharp', { recursive: true });
for (const job of process.argv.slice(2)) {
  const [name, file, renditions] = job.split('=', 3);
  const input = fs.readFileSync(file);
  const run = async () => {
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
  const keep = async () => (await run()).forEach(([format, bytes], i) =>
    fs.writeFileSync(`sharp/${name}-r${i}.${format === 'jpeg' ? 'jpg' : format}`, bytes));
  await keep();
  if (name.startsWith('look-')) continue;
  const batches = [];
  for (let batch = 0; batch < 5; batch++) {
    const before = process.cpuUsage();
    const used = () => {
      const { user, system } = process.cpuUsage(before);
      return (user + system) / 1000;
    };
    let runs = 0;
    for (; used() < 500; runs++) await run();
    batches.push(used() / runs);
  }
  console.log(`${name}\t${batches.sort((a, b) => a - b)[2].toFixed(2)}`);
}
