import vue from '@vitejs/plugin-vue';
import { build } from 'vite';
import { consoleFolder } from './folders.ts';
import { type BuiltChunk, type ConsoleSizes, measure } from './sizes.ts';

/** Builds the app with nothing inline, so that the strictest policy for scripts and styles lets it run. */
export async function runVite(outDir: string): Promise<ConsoleSizes> {
  const built = await build({
    root: consoleFolder,
    configFile: false,
    logLevel: 'warn',
    plugins: [vue()],
    define: { __VUE_OPTIONS_API__: 'false', __VUE_PROD_DEVTOOLS__: 'false' },
    build: {
      outDir,
      emptyOutDir: true,
      target: 'es2024',
      sourcemap: false,
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      reportCompressedSize: false,
    },
  });
  if (Array.isArray(built) || !('output' in built)) throw new Error('Vite was asked for one output');
  const chunks: BuiltChunk[] = built.output.map((file) =>
    file.type === 'asset'
      ? { file: file.fileName, content: file.source, imports: [], isEntry: false, source: undefined }
      : {
          file: file.fileName,
          content: file.code,
          imports: [...file.imports, ...(file.viteMetadata?.importedCss ?? [])],
          isEntry: file.isEntry,
          source: file.facadeModuleId ?? undefined,
        },
  );
  return measure(chunks);
}
