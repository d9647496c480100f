import type { Tongue } from './tongue.ts';

/** Portuguese. */
export const portuguese: Tongue = {
  purse: 'saldo|créditos?\\b|fundos|dinheiro|carteira',
  budget: 'orçamento|gastos?\\b|limite de despesa',
  card: 'cartão|(?:método|meio|forma|dados) de (?:pagamento|cobrança)',
  subscription: 'assinatura|licença|período de teste|teste gratuito|\\bteste\\b',
  plan: 'plano|pacote',
  key: 'chave|token|credencia|sessão|autenticação',
  allowance: 'cota|limite|requisições|solicitações|chamadas|\\buso\\b',
  account: 'conta\\b|usuário|organização|projeto',
  region: 'país|região|território',
  period: 'por (?:dia|semana|mês|ano)|diári[ao]|mensal|semanal',
  over: 'excedid|excedeu|ultrapass|atingid|atingiu|esgotad|esgotou|consumid',
  lacking: 'insuficiente|não (?:tem|há|possui|suficiente)|falta|sem |necessári|requer|adicion|negativo|baixo',
  ended: 'expirad|expirou|vencid|venceu|encerrad|terminou|cancelad',
  shut: 'suspens|bloquead|desativad|inativ|congelad',
  wrong: 'inválid|incorret|desconhecid|revogad',
  refused: 'recusad|negad|rejeitad',
  only: '(?:apenas|somente|só) |não (?:inclui|está (?:disponível|incluíd)|permite)|superior',
  many: 'muitas|demais|excesso de',
  topUp: 'recarreg|adicione (?:saldo|créditos|fundos)|deposit',
  upgrade: 'atualize|faça upgrade|mude (?:de|para)',
  subscribe: 'assine',
};
