// Renders thumbnails of all files in a directory with sharp, as PNG; prints one line per file: its name, and the
// error if there is one.
import sharp from 'sharp';
import fs from 'node:fs';

const [directory, target] = process.argv.slice(2);
fs.mkdirSync(target, { recursive: true });
for (const name of fs.readdirSync(directory).sort()) {
  try {
    await sharp(`${directory}/${name}`, { failOn: 'none' }).rotate()
      .resize(160, 160, { fit: 'inside', kernel: 'nearest', withoutEnlargement: true })
      .png().toFile(`${target}/${name}.png`);
    console.log(name);
  } catch (error) {
    console.log(`${name}\t${error.message.split('\n')[0]}`);
  }
}
