// Derives src/test/resources/terraform-schema.json from the CDKTF bindings of Terraform's providers, for
// the resources and data sources that ../../terraform uses:
//   npm install --prefix DIR @cdktf/provider-aws@21.22.1 @cdktf/provider-helm@12.1.2
//   node deployment-tests/schema/extract.mjs DIR
// Per resource: its arguments, whether each is required, and the arguments of nested blocks.
import fs from 'node:fs';
import path from 'node:path';

const modules = path.join(process.argv[2], 'node_modules', '@cdktf');
const here = path.dirname(new URL(import.meta.url).pathname);
const terraform = path.join(here, '../../terraform');
const used = new Set();
for (const file of fs.readdirSync(terraform).filter((name) => name.endsWith('.tf'))) {
  const text = fs.readFileSync(path.join(terraform, file), 'utf8');
  for (const m of text.matchAll(/^(resource|data) "(\w+)"/gm)) used.add(`${m[1]} ${m[2]}`);
}

function interfaces(dts) {
  const found = {};
  for (const m of dts.matchAll(/export interface (\w+)[^{]*\{\n([\s\S]*?)\n\}/g)) {
    const fields = [];
    // the documentation comment's link ends in the name that Terraform uses
    const field = /#(\w+) \w+#\w+\}\s*(?:\*\s[^/]*?)?\*\/\s*readonly (\w+)(\??): ([^;]+);/g;
    for (const f of m[2].matchAll(field)) {
      fields.push({ name: f[1], required: f[3] === '', type: f[4] });
    }
    found[m[1]] = fields;
  }
  return found;
}

function nestedArguments(name, all) {
  const result = {};
  for (const field of all[name]) {
    const nested = Object.keys(all).find((other) => new RegExp(`^${other}(\\[\\])?( \\||$)`).test(field.type));
    result[field.name] = {
      ...(field.required ? { required: true } : {}),
      ...(nested ? { arguments: nestedArguments(nested, all) } : {}),
    };
  }
  return result;
}

const schema = { providers: {}, resource: {}, data: {} };
for (const provider of ['aws', 'helm']) {
  const directory = path.join(modules, `provider-${provider}`);
  const meta = JSON.parse(fs.readFileSync(path.join(directory, 'package.json'), 'utf8'));
  schema.providers[`hashicorp/${provider}`] = meta.cdktf.provider.version;
}
for (const entry of [...used].sort()) {
  const [kind, type] = entry.split(' ');
  const provider = type.split('_')[0];
  const base = path.join(modules, `provider-${provider}`, 'lib');
  const plain = (provider === 'aws' ? type.slice(4) : type.slice(provider.length + 1)).replaceAll('_', '-');
  const directory = kind === 'data' ? `data-${provider}-${plain}` : plain;
  const dts = fs.readFileSync(path.join(base, directory, 'index.d.ts'), 'utf8');
  const all = interfaces(dts);
  const root = Object.keys(all).find((name) => new RegExp(`interface ${name} extends cdktf.TerraformMetaArguments`).test(dts));
  schema[kind][type] = nestedArguments(root, all);
}
fs.writeFileSync(
  path.join(here, '../src/test/resources/terraform-schema.json'), JSON.stringify(schema, null, 1) + '\n');
