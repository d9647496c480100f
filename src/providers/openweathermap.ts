import { vendor } from './vendor.ts';

/** https://openweathermap.org/faq */
export const openweathermap = vendor({
  id: 'openweathermap',
  title: 'OpenWeatherMap',
  hosts: ['api.openweathermap.org'],
  upstream: 'https://api.openweathermap.org',
  auth: { in: 'query', name: 'appid' },
  pages: {
    billing: 'https://home.openweathermap.org/subscriptions',
    keys: 'https://home.openweathermap.org/api_keys',
    errors: 'https://openweathermap.org/faq',
  },
});
