// The names of what can be made of a repository, apart from the code that makes it.

export const formatNames = ['app', 'docs', 'evaluators', 'api'] as const;
export type FormatName = (typeof formatNames)[number];
