import type { Tongue } from './tongue.ts';

/** Korean. */
export const korean: Tongue = {
  purse: '잔액|크레딧|잔고|포인트|충전금',
  budget: '예산|지출',
  card: '카드|결제 ?수단|결제 ?정보',
  subscription: '구독|라이선스|이용권|체험|멤버십',
  plan: '요금제|플랜|등급',
  key: '키|토큰|인증|세션',
  allowance: '한도|할당량|쿼터|제한|요청|사용량',
  account: '계정|사용자|조직|프로젝트',
  region: '지역|국가',
  period: '일일|하루|월간|이번 달|오늘|매월|매일|월 ',
  over: '초과|도달|소진|다 사용',
  lacking: '부족|없습니다|없음|필요|등록되지|등록해',
  ended: '만료|종료|해지',
  shut: '정지|비활성|차단|잠금|중지',
  wrong: '유효하지|잘못|올바르지',
  refused: '거절|거부|승인되지',
  only: '전용|만 사용|지원하지|포함되어 있지',
  many: '너무 많|과도',
  topUp: '충전',
  upgrade: '업그레이드',
  subscribe: '구독해|구독하',
};
