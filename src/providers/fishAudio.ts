import { vendor } from './vendor.ts';

/** 402 is an empty wallet. */
export const fishAudio = vendor({
  id: 'fish-audio',
  title: 'Fish Audio',
  hosts: ['api.fish.audio'],
  upstream: 'https://api.fish.audio',
  keyVariable: 'FISH_API_KEY',
});
