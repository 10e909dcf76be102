import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startContenders } from './contenders/start-contenders.ts';
import { LoadGenerator } from './load/load-generator.ts';
import { measureChoosing } from './measure/choosing.ts';
import { measureFolding } from './measure/folding.ts';
import { measureMediaPaths } from './measure/media.ts';
import { measureReading } from './measure/reading.ts';
import { type Extent, fullExtent, measureAll, quickExtent, warmUpAll } from './measure/rounds.ts';
import { measureSessions } from './measure/sessions.ts';
import { measureStart } from './measure/start-time.ts';
import { countStoreCalls } from './measure/store-calls.ts';
import { measureToolStreams } from './measure/tool-streams.ts';
import { startProgram } from './programs/start-program.ts';
import { addedTimes, figuresTable } from './report/figures-table.ts';
import { foldingTable } from './report/folding-table.ts';
import { describeMachine } from './report/machine.ts';
import { mediaTables } from './report/media-tables.ts';
import { sessionsTable } from './report/sessions-table.ts';
import { storeCallsTable } from './report/store-calls-table.ts';
import { targetsTable } from './report/targets-table.ts';
import { toolsTables } from './report/tools-tables.ts';

// npm run bench: everything in one run, on loopback, as Markdown. `--quick` for a look, in which noise is not averaged;
// `--media` for pictures and uploads alone.

const { values } = parseArgs({
  options: { quick: { type: 'boolean', default: false }, media: { type: 'boolean', default: false } },
});
const tell = (text: string) => void process.stderr.write(`${text}\n`);

if (!existsSync('/proc/self/stat')) {
  tell('The benchmark reads the cost of processes from /proc, so it runs on Linux only.');
  process.exit(1);
}

const stateFolder = await mkdtemp(join(tmpdir(), 'qwen-gateway-bench-'));
const ends: (() => Promise<void>)[] = [() => rm(stateFolder, { recursive: true, force: true })];
try {
  const extent = values.quick ? quickExtent : fullExtent;
  console.log(await (values.media ? benchMedia(extent) : bench(extent)));
} finally {
  for (const end of ends.reverse()) await end();
}

async function bench(extent: Extent): Promise<string> {
  const machine = describeMachine();
  const upstream = await startProgram('upstream/main.ts');
  ends.push(upstream.close);
  const options = { upstreamUrl: upstream.url, stateFolder };
  tell('npm start ...');
  const startMilliseconds = await measureStart(options, extent.rounds);
  const all = await startContenders(options);
  const { direct, pipe, floor, gateway } = all;
  const load = new LoadGenerator();
  ends.push(pipe.close, floor.close, gateway.close, () => load.close());
  tell('warming up ...');
  const [pipeMemory = 0, floorMemory = 0, gatewayMemory = 0] = await warmUpAll(load, [pipe, floor, gateway], extent);
  const contenders = [direct, pipe, floor, gateway];
  const [toDirect = {}, toPipe = {}, toFloor = {}, toGateway = {}] = await measureAll(load, contenders, extent, tell);
  tell('tools ...');
  const tools = toolsTables(await measureToolStreams(load, gateway, extent.rounds), measureReading());
  tell('pictures ...');
  const media = await measureMediaPaths(load, all, upstream.url, extent.mediaTimes);
  tell('folding ...');
  const folding = foldingTable(measureFolding());
  tell('sessions ...');
  const sessions = sessionsTable(await measureSessions(stateFolder));
  tell('counting store operations ...');
  const storeCalls = await countStoreCalls(load, gateway);
  tell('choosing accounts ...');
  const { oneFree, allBusy } = await measureChoosing();
  const floorFigures = { ...addedTimes(toFloor, toDirect), freshMegabytes: floorMemory };
  const ownFigures = { freshMegabytes: gatewayMemory, startMilliseconds, choosing: oneFree, choosingNone: allBusy };
  const gatewayFigures = { ...addedTimes(toGateway, toDirect), ...ownFigures };
  const { firstTokenP50 = 0, firstTokenP95 = 0, chunkDelayP50 = 0, chunkDelayP95 = 0 } = toDirect;
  return [
    machine,
    figuresTable([
      {
        name: `${direct.name} (absolute times)`,
        figures: { firstTokenP50, firstTokenP95, chunkDelayP50, chunkDelayP95 },
      },
      { name: pipe.name, figures: { ...addedTimes(toPipe, toDirect), freshMegabytes: pipeMemory } },
      { name: floor.name, figures: floorFigures },
      { name: gateway.name, figures: gatewayFigures },
    ]),
    targetsTable(gatewayFigures, floorFigures),
    tools,
    mediaTables(media),
    folding,
    sessions,
    storeCallsTable(storeCalls),
  ].join('\n\n');
}

async function benchMedia({ mediaTimes }: Extent): Promise<string> {
  const machine = describeMachine();
  const upstream = await startProgram('upstream/main.ts');
  ends.push(upstream.close);
  const contenders = await startContenders({ upstreamUrl: upstream.url, stateFolder });
  const { pipe, floor, gateway } = contenders;
  const load = new LoadGenerator();
  ends.push(pipe.close, floor.close, gateway.close, () => load.close());
  return [machine, mediaTables(await measureMediaPaths(load, contenders, upstream.url, mediaTimes))].join('\n\n');
}
