import fc from 'fast-check';

// The same examples in every run, so that a mutant's fate is no matter of luck.
fc.configureGlobal({ seed: 20_261_121 });
