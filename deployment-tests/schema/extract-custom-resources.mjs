// Derives src/test/resources/custom-resources.json from the types that are published for the custom
// resources of KEDA and of the Prometheus operator:
//   npm install --prefix DIR @kubernetes-models/keda@2.0.0 @kubernetes-models/prometheus-operator@6.0.0 typescript@5.9.3
//   node deployment-tests/schema/extract-custom-resources.mjs DIR
// Per kind: the fields of its spec, whether each is required, its type, and the fields below it.
import fs from 'node:fs';
import path from 'node:path';
import { createRequire } from 'node:module';

const base = path.resolve(process.argv[2], 'node_modules');
const ts = createRequire(base + '/')('typescript');
const models = {
  ScaledObject: 'keda/keda.sh/v1alpha1/ScaledObject.d.ts',
  ServiceMonitor: 'prometheus-operator/monitoring.coreos.com/v1/ServiceMonitor.d.ts',
  PodMonitor: 'prometheus-operator/monitoring.coreos.com/v1/PodMonitor.d.ts',
  PrometheusRule: 'prometheus-operator/monitoring.coreos.com/v1/PrometheusRule.d.ts',
};
const files = Object.values(models).map((file) => path.join(base, '@kubernetes-models', file));
const program = ts.createProgram(files, { module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext, strict: true });
const checker = program.getTypeChecker();

function describe(type, depth) {
  type = checker.getNonNullableType(type);
  if (checker.isArrayType(type)) {
    return { type: 'array', items: describe(checker.getTypeArguments(type)[0], depth) };
  }
  if (type.flags & (ts.TypeFlags.Object | ts.TypeFlags.Intersection)) {
    // a map: any key
    if (checker.getIndexInfosOfType(type).length > 0) return { type: 'map' };
    if (depth > 12) throw new Error('too deep');
    const fields = {};
    for (const property of checker.getPropertiesOfType(type)) {
      const optional = Boolean(property.flags & ts.SymbolFlags.Optional);
      const below = describe(checker.getTypeOfSymbol(property), depth + 1);
      fields[property.name] = { ...(optional ? {} : { required: true }), ...below };
    }
    return { type: 'object', fields };
  }
  const values = (type.isUnion() ? type.types : [type]).filter((t) => t.isStringLiteral()).map((t) => t.value);
  if (values.length > 0) return { type: 'string', values };
  const text = checker.typeToString(type).split(' | ');
  const kinds = ['string', 'number', 'boolean'].filter((kind) => text.includes(kind));
  return { type: kinds.join('|') || 'string' };
}

// What the manifests do not use needs no depth: only the fields on their way are kept whole.
const manifests = ['keda/scaledobject.yaml', 'monitoring/operator/monitors.yaml', 'monitoring/operator/rules.yaml'];
const here = path.dirname(new URL(import.meta.url).pathname);
const used = new Set(manifests.flatMap((file) =>
  [...fs.readFileSync(path.join(here, '../../kubernetes', file), 'utf8').matchAll(/^[\s-]*([A-Za-z]\w*):/gm)].map((m) => m[1])));
function trim(schema) {
  for (const [name, field] of Object.entries(schema.fields ?? {})) {
    if (used.has(name)) trim(field);
    else delete field.fields, delete field.items;
  }
  if (schema.items) trim(schema.items);
  return schema;
}

const result = {};
for (const [kind, file] of Object.entries(models)) {
  const source = program.getSourceFile(path.join(base, '@kubernetes-models', file));
  const declared = source.statements.find((s) => ts.isInterfaceDeclaration(s) && s.name.text === `I${kind}`);
  const spec = checker.getTypeAtLocation(declared).getProperty('spec');
  result[kind] = trim(describe(checker.getTypeOfSymbol(spec), 0));
}
fs.writeFileSync(path.join(here, '../src/test/resources/custom-resources.json'), JSON.stringify(result, null, 1) + '\n');
