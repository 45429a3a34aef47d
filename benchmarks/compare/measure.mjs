// Runs the jobs in all programs in alternation, so that other load on the machine affects all of them alike.
// A program reads one line per job and responds with its CPU milliseconds per run, or `-` if it cannot run it;
// a line that begins with `keep` writes the images. Prints one line of JSON per job: for each program the
// median, and the median of its ratios to sharp in the same round.
import { spawn } from 'node:child_process';
import readline from 'node:readline';

const ROUNDS = 9;
const WARM_UP = 24; // batches until the JIT compilers, whose CPU time counts as the process's, have finished

const [java, path, python, ...jobs] = process.argv.slice(2);
const render = 'io.thumbnailer.benchmarks.imaging.RenderCpuTime';
const commands = {
  native: [java, '-cp', path, render, 'native'],
  java: [java, '-cp', path, render, 'java'],
  sharp: [process.execPath, 'sharp.mjs'],
  ...(python ? { pillow: [python, '-u', 'pillow.py'] } : {}),
};

const programs = Object.entries(commands).map(([name, [command, ...rest]]) => {
  const child = spawn(command, rest, { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = readline.createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const ask = async (line) => {
    child.stdin.write(`${line}\n`);
    const { value, done } = await lines.next();
    if (done) throw new Error(`${name} ended`);
    return Number(value);
  };
  return { name, ask, end: () => child.stdin.end() };
});
const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

for (const job of jobs) {
  const able = [];
  for (const program of programs) {
    if (!Number.isNaN(await program.ask(`keep ${job}`))) able.push(program);
  }
  const name = job.split('=')[0];
  if (name.startsWith('look-')) continue;
  for (const { ask, name } of able) {
    for (let i = 0; i < (name === 'native' || name === 'java' ? WARM_UP : 1); i++) await ask(job);
  }
  const times = Object.fromEntries(able.map((program) => [program.name, []]));
  for (let round = 0; round < ROUNDS; round++) {
    for (const { ask, name } of able) times[name].push(await ask(job));
  }
  const each = (of) => Object.fromEntries(Object.keys(times).map((program) => [program, median(of(times[program]))]));
  console.log(JSON.stringify({
    name, ms: each((own) => own), toSharp: each((own) => own.map((ms, i) => ms / times.sharp[i])),
  }));
}
programs.forEach((program) => program.end());
