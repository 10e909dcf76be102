/** Bytes of a file or a part that passes through a function: Lambda takes 6 MB, in which bytes take four thirds. */
export const passedLimit = 4_500_000;
/** Bytes of a file that is uploaded in parts. */
export const uploadLimit = 512 * 1024 * 1024;
/** Parts of one upload. */
export const mostParts = 2000;
/** Milliseconds for which parts may be added. */
export const uploadLife = 3_600_000;
