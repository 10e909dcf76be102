/** The shapes that the upstream makes pictures and videos in (qwen-web §5.1). */
export const aspectRatios = ['1:1', '4:3', '3:4', '16:9', '9:16'] as const;

export type AspectRatio = (typeof aspectRatios)[number];

/** A size in pixels. */
export interface PixelSize {
  readonly width: number;
  readonly height: number;
}

const logarithms = aspectRatios.map((ratio) => {
  const [width = 1, height = 1] = ratio.split(':').map(Number);
  return { ratio, logarithm: Math.log(width / height) };
});

export function isAspectRatio(text: string): text is AspectRatio {
  return aspectRatios.some((ratio) => ratio === text);
}

/** @returns `undefined` for anything but a text such as `1024x1536` with sides from 1 to 9999. */
export function readPixelSize(text: string): PixelSize | undefined {
  const [, width, height] = /^([1-9]\d{0,3}) ?[x*×] ?([1-9]\d{0,3})$/i.exec(text) ?? [];
  return width === undefined || height === undefined ? undefined : { width: Number(width), height: Number(height) };
}

/** The shape that is closest to a size: twice too wide is as far off as twice too high. */
export function nearestRatio({ width, height }: PixelSize): AspectRatio {
  const wanted = Math.log(width / height);
  const [first, ...others] = logarithms;
  const nearest = others.reduce(
    (best, candidate) =>
      best === undefined || Math.abs(candidate.logarithm - wanted) < Math.abs(best.logarithm - wanted)
        ? candidate
        : best,
    first,
  );
  return nearest?.ratio ?? '1:1';
}

/** Reads any ratio, such as `21:9`, as the shape that is closest to it. @returns `undefined` for what is none. */
export function readAnyRatio(text: string): AspectRatio | undefined {
  const [, width, height] = /^([1-9]\d?):([1-9]\d?)$/.exec(text) ?? [];
  return width === undefined || height === undefined
    ? undefined
    : nearestRatio({ width: Number(width), height: Number(height) });
}

/** Reads a shape as clients write it: as a ratio, or as a size in pixels. @returns `undefined` when it is neither. */
export function readAspectRatio(text: string): AspectRatio | undefined {
  if (isAspectRatio(text)) return text;
  const size = readPixelSize(text);
  return size && nearestRatio(size);
}
