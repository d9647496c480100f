import * as z from 'zod';
import { catalogueSchema } from './catalogue.ts';

/** The JSON schema of `tollgate.jsonc` (draft 7, as VS Code reads it), for completion and hover. */
export function catalogueJsonSchema(): object {
  return {
    ...z.toJSONSchema(catalogueSchema, { target: 'draft-7', io: 'input' }),
    allowComments: true,
    allowTrailingCommas: true,
  };
}
