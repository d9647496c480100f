import { vendor } from './vendor.ts';

/** Pulls are counted over six hours: `ratelimit-limit: 100;w=21600`. */
export const dockerHub = vendor({
  id: 'docker-hub',
  title: 'Docker Hub',
  hosts: ['registry-1.docker.io', 'hub.docker.com', 'auth.docker.io'],
  upstream: 'https://registry-1.docker.io',
  pages: {
    billing: 'https://hub.docker.com/billing',
    limits: 'https://docs.docker.com/docker-hub/usage/',
    status: 'https://www.dockerstatus.com',
  },
  codes: { TOOMANYREQUESTS: 'usage_quota_exceeded' },
});
