import type { Tongue } from './tongue.ts';

/** Spanish. */
export const spanish: Tongue = {
  purse: 'saldo|créditos?\\b|fondos|dinero|monedero',
  budget: 'presupuesto|gasto',
  card: 'tarjeta|(?:método|medio|forma|información) de (?:pago|facturación)',
  subscription: 'suscripción|licencia|membresía|período de prueba|periodo de prueba|prueba gratuita',
  plan: '\\bplan\\b|nivel|paquete',
  key: 'clave|llave|token|credencial|sesión|autenticación',
  allowance: 'cuota|límite|solicitudes|peticiones|consultas|llamadas|uso\\b',
  account: 'cuenta|usuario|organización|proyecto',
  region: 'país|región|territorio',
  period: '(?:por|al) (?:día|semana|mes|año)|diari[ao]|mensual|semanal',
  over: 'excedid|excedi|superad|alcanzad|agotad|agotó|consumid|sobrepas',
  lacking:
    'insuficiente|no (?:tiene|tienes|hay|dispone|cuenta con|posee)|falta|sin |requier|necesita|debe(?:s)? (?:agregar|añadir)|agreg|añad|negativo|bajo',
  ended: 'expirad|expiró|vencid|venció|caducad|caducó|finalizad|terminad|cancelad',
  shut: 'suspendid|bloquead|desactivad|inhabilitad|congelad|deshabilitad|inactiv',
  wrong: 'inválid|no válid|incorrect|desconocid|revocad',
  refused: 'rechazad|declinad|denegad',
  only: '(?:solo|sólo|únicamente) |no (?:incluye|está (?:disponible|incluid)|permite)|superior',
  many: 'demasiad',
  topUp: 'recarg|deposit',
  upgrade: 'actualiz|mejor[ae]|cambi[ae] de plan',
  subscribe: 'suscríb|suscrib',
};
