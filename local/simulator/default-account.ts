/** The account that a fresh simulator knows; `npm start` imports it when its owner has configured none. */
export const defaultAccount = { email: 'owner@example.com', password: 'password' } as const;
