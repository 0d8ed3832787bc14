/** The kinds of noise that the statistics must withstand, as log times. A size of 0.01 is 1 % a round. */

/** Gives the log times of the next run, in the order in which runs are made. */
export type Run = () => number[];

/** Starts a session of this many runs with noise of this size. */
export type Noise = (size: number, runs: number, random: () => number) => Run;

/** Samples in a block. The deviation of the median of 3 normal numbers is 0.6698 of their deviation. */
const samples = 3;
const ofMedian = 0.6698;

/** Samples are normal and independent; a block's median has the deviation `size`. */
const normal: Noise = (size, _runs, random) => {
  const gauss = normalNumbers(random);
  return () => Array.from({ length: samples }, () => gauss() * size / ofMedian);
};

/** One sample of ten is slower by 20 sizes on average, and so is all of one block of ten by 10 (exponential tails). */
const outliers: Noise = (size, runs, random) => {
  const quiet = normal(size, runs, random);
  const slower = (mean: number) => random() < 0.1 ? -Math.log(1 - random()) * mean * size : 0;
  return () => {
    const block = slower(10);
    return quiet().map((time) => time + block + slower(20));
  };
};

/** The machine slows by 20 sizes over the session, and wanders by half a size from run to run. */
const drift: Noise = (size, runs, random) => {
  const quiet = normal(size, runs, random);
  const gauss = normalNumbers(random);
  let level = 0;
  return () => {
    level += 20 * size / runs + 0.5 * size * gauss();
    return quiet().map((time) => time + level);
  };
};

/** The first run is slower by 30 sizes, fading over the first ten or so; the first samples of each run by 5, fading. */
const warmUp: Noise = (size, runs, random) => {
  const quiet = normal(size, runs, random);
  let run = 0;
  return () => {
    const cold = 30 * size * Math.exp(-run++ / 5);
    return quiet().map((time, i) => time + cold + 5 * size * Math.exp(-i));
  };
};

/** Fresh threads are slower or faster for no visible reason, with a deviation of 3 sizes, and stay so for their block. */
const blockEffect: Noise = (size, runs, random) => {
  const quiet = normal(size, runs, random);
  const gauss = normalNumbers(random);
  return () => {
    const block = 3 * size * gauss();
    return quiet().map((time) => time + block);
  };
};

export const noises = { normal, outliers, drift, "warm-up": warmUp, "block effect": blockEffect } as const;
export type NoiseKind = keyof typeof noises;
export const noiseKinds = Object.keys(noises) as NoiseKind[];

/** Standard normal numbers (Box and Muller 1958). */
function normalNumbers(random: () => number): () => number {
  let spare: number | undefined;
  return () => {
    if (spare !== undefined) {
      const value = spare;
      spare = undefined;
      return value;
    }
    const radius = Math.sqrt(-2 * Math.log(1 - random()));
    const angle = 2 * Math.PI * random();
    spare = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  };
}
