/** Makes the columns of a tall matrix orthogonal and of length 1, in place and in steps, by the Cholesky factor of their products. */

const rowsPerStep = 1024;
/** What is left of a column that depends on those before it is rounding, and becomes 0. */
const dependent = 1e-9;

export function* orthonormalize(matrix: Float32Array, width: number): Generator<void, void> {
  // Twice: the products square the error of the first time.
  for (let pass = 0; pass < 2; pass++) yield* solveRows(matrix, factorOf(yield* productsOf(matrix, width), width));
}

/** The products of all pairs of columns. */
function* productsOf(matrix: Float32Array, width: number): Generator<void, Float64Array> {
  const products = new Float64Array(width * width);
  for (let from = 0, row = 0; from < matrix.length; from += width, row++) {
    for (let a = 0; a < width; a++) {
      const value = matrix[from + a] as number;
      for (let b = 0; b <= a; b++) (products[a * width + b] as number) += value * (matrix[from + b] as number);
    }
    if (row % rowsPerStep === 0) yield;
  }
  return products;
}

/** The lower triangle whose product with itself is `products`. */
function factorOf(products: Float64Array, width: number): { readonly factor: Float64Array; readonly width: number } {
  const factor = new Float64Array(width * width);
  for (let a = 0; a < width; a++) {
    for (let b = 0; b <= a; b++) {
      let rest = products[a * width + b] as number;
      for (let k = 0; k < b; k++) rest -= (factor[a * width + k] as number) * (factor[b * width + k] as number);
      const pivot = factor[b * width + b] as number;
      if (a > b) factor[a * width + b] = pivot === 0 ? 0 : rest / pivot;
      else factor[a * width + a] = rest > dependent * (products[a * width + a] as number) ? Math.sqrt(rest) : 0;
    }
  }
  return { factor, width };
}

function* solveRows(matrix: Float32Array, { factor, width }: ReturnType<typeof factorOf>): Generator<void, void> {
  for (let from = 0, row = 0; from < matrix.length; from += width, row++) {
    for (let a = 0; a < width; a++) {
      let rest = matrix[from + a] as number;
      for (let k = 0; k < a; k++) rest -= (matrix[from + k] as number) * (factor[a * width + k] as number);
      const pivot = factor[a * width + a] as number;
      matrix[from + a] = pivot === 0 ? 0 : rest / pivot;
    }
    if (row % rowsPerStep === 0) yield;
  }
}
