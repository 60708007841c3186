declare const tag: unique symbol;

/** A plain value that the compiler keeps apart from others of the same shape. Made by the one reader that checked it. */
export type Brand<T, Name extends string> = T & { readonly [tag]: Name };
