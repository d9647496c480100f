import * as z from 'zod';

/** What `openapi` of an API holds: a path inside the folder, so that sharing it is a commit. */
export const openapiMember = z
  .string()
  .regex(
    /^(?!.*(?:^|\/)\.\.(?:\/|$))(?!\/)[^\\:*?"<>|]+\.(?:ya?ml|json)$/,
    'This has to be the path of a .yaml, .yml or .json file in this folder, as in "tollgate/orders.openapi.yaml".',
  )
  .describe(
    'The draft of the API’s OpenAPI 3 description, relative to this file. Published versions are kept beside it.',
  );

/** What `routes` of an API holds. */
export const routesMember = z
  .enum(['open', 'strict'])
  .describe(
    'Whether calls have to be in the published description: "strict" answers 404 and 405 to those that are not, "open" passes all, and is the default.',
  );
