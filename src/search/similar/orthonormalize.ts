/** Orthonormalizes the columns of a tall matrix in place and in steps, by Cholesky QR. */

const rowsPerStep = 1024;
/** Share of a column's squared length. A smaller remainder is a rounding error, so the dependent column becomes 0. */
const remainderShareMin = 1e-9;

export function* orthonormalize(matrix: Float32Array, width: number): Generator<void, void> {
  // The products square the rounding error, so a second pass corrects the first (CholeskyQR2).
  for (let pass = 0; pass < 2; pass++) yield* solveRows(matrix, factorOf(yield* productsOf(matrix, width), width));
}

/** Gram matrix, lower triangle. */
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

/** Cholesky factor: the lower triangle L with L · Lᵀ = `products`. */
function factorOf(products: Float64Array, width: number): { readonly factor: Float64Array; readonly width: number } {
  const factor = new Float64Array(width * width);
  for (let a = 0; a < width; a++) {
    for (let b = 0; b <= a; b++) {
      let remainder = products[a * width + b] as number;
      for (let k = 0; k < b; k++) remainder -= (factor[a * width + k] as number) * (factor[b * width + k] as number);
      const pivot = factor[b * width + b] as number;
      if (a > b) factor[a * width + b] = pivot === 0 ? 0 : remainder / pivot;
      else
        factor[a * width + a] =
          remainder > remainderShareMin * (products[a * width + a] as number) ? Math.sqrt(remainder) : 0;
    }
  }
  return { factor, width };
}

function* solveRows(matrix: Float32Array, { factor, width }: ReturnType<typeof factorOf>): Generator<void, void> {
  for (let from = 0, row = 0; from < matrix.length; from += width, row++) {
    for (let a = 0; a < width; a++) {
      let remainder = matrix[from + a] as number;
      for (let k = 0; k < a; k++) remainder -= (matrix[from + k] as number) * (factor[a * width + k] as number);
      const pivot = factor[a * width + a] as number;
      matrix[from + a] = pivot === 0 ? 0 : remainder / pivot;
    }
    if (row % rowsPerStep === 0) yield;
  }
}
