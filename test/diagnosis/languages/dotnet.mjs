// Starts .NET from the folder that this file is in, which holds an application published for
// WebAssembly, with Rewrite.dll instead of the application.
import { readFileSync, writeFileSync } from 'node:fs';

const beside = (name) => new URL(name, import.meta.url);
const loader = readFileSync(beside('dotnet.js'), 'utf8');
const [, before, settings, after] = /^(.*\/\*json-start\*\/)(.*)(\/\*json-end\*\/.*)$/s.exec(
  loader,
);
const { resources, runtimeConfig, ...boot } = JSON.parse(settings);
const { jsModuleNative, jsModuleRuntime, wasmNative, icu, coreAssembly } = resources;
const assembly = [
  ...resources.assembly.filter(({ virtualPath }) => virtualPath.startsWith('System.')),
  { virtualPath: 'Rewrite.dll', name: 'Rewrite.dll' },
];
const own = {
  mainAssemblyName: 'Rewrite',
  globalizationMode: boot.globalizationMode,
  debugLevel: 0,
  resources: { jsModuleNative, jsModuleRuntime, wasmNative, icu, coreAssembly, assembly },
  runtimeConfig,
};
const text = JSON.stringify(own, (name, value) =>
  ['hash', 'integrity', 'cache'].includes(name) ? undefined : value,
);
writeFileSync(beside('dotnet-own.js'), before + text + after);

const [way, body] = process.argv.slice(2);
const { dotnet } = await import(beside('dotnet-own.js'));
const { runMain, runtimeBuildInfo } = await dotnet.create();
if (way === 'version') process.stdout.write(`.NET ${runtimeBuildInfo.productVersion}\n`);
process.exit(way === 'version' ? 0 : await runMain('Rewrite', [way, body]));
