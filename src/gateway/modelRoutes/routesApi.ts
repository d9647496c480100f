import { ChannelError } from '../../shared/channel.ts';
import type { RoutesApi } from '../../shared/modelRoute.ts';
import { plain, text } from '../../shared/text.ts';
import type { Routes } from '../route.ts';
import type { RouteDesk } from './routeDesk.ts';

/** What one may ask of a running gateway about aliases. */
export function createRoutesApi(desk: RouteDesk, aliases: () => Routes['aliases']): RoutesApi {
  return {
    routes: () => Promise.resolve(desk.state(aliases().values())),
    resetRoutes: async (name) => {
      const wanted = name === null ? [...aliases().values()] : [aliases().get(name)];
      const found = wanted.filter((one) => one !== undefined);
      if (name !== null && found.length === 0)
        throw new ChannelError('unknown_route', plain(text('There is no model "{0}" under "models".', name)));
      desk.reset(found);
      return Promise.resolve();
    },
  };
}
