// CPU time of sharp for each job, on one thread and without its cache; three renditions are three calls.
import sharp from 'sharp';
import fs from 'fs';

sharp.concurrency(1);
sharp.cache(false);
fs.mkdirSync('sharp', { recursive: true });
for (const job of process.argv.slice(2)) {
  const [name, file, renditions] = job.split('=');
  const input = fs.readFileSync(file);
  const run = async () => {
    const results = [];
    for (const rendition of renditions.split(';')) {
      const [size, format = 'jpeg'] = rendition.split(',');
      const [w, h] = size.split('x').map(Number);
      const options = format === 'png' ? {} : { quality: 80 };
      results.push([format, await sharp(input)
        .resize(w, h, { fit: 'inside', withoutEnlargement: true })[format](options).toBuffer()]);
    }
    return results;
  };
  for (let i = 0; i < 3; i++) await run();
  const batches = [];
  for (let batch = 0; batch < 5; batch++) {
    const before = process.cpuUsage();
    for (let i = 0; i < 8; i++) await run();
    const used = process.cpuUsage(before);
    batches.push((used.user + used.system) / 8000);
  }
  console.log(`${name}\t${batches.sort((a, b) => a - b)[2].toFixed(2)}`);
  (await run()).forEach(([format, bytes], i) =>
    fs.writeFileSync(`sharp/${name}-r${i}.${format === 'jpeg' ? 'jpg' : format}`, bytes));
}
