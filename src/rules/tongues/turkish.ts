import type { Tongue } from './tongue.ts';

/** Turkish. */
export const turkish: Tongue = {
  purse: 'bakiye|kredi(?! kart)|kontör',
  budget: 'bütçe|harcama',
  card: 'kart|ödeme yöntem',
  subscription: 'abonelik|üyelik|lisans|deneme sür',
  plan: '\\bplan|paket',
  key: 'anahtar|jeton|token|oturum|kimlik doğrula',
  allowance: 'kota|limit|sınır|istek|kullanım',
  account: 'hesa[bp]|kullanıcı|kuruluş',
  region: 'ülke|bölge',
  period: 'günlük|aylık|haftalık',
  over: 'aşıldı|aştınız|doldu|tükendi|ulaştınız|bitti',
  lacking: 'yetersiz|yeterli (?:\\w+ )?(?:yok|değil)|yok|gerekli|gerekiyor|eksik|ekleyin',
  ended: 'sona er|süresi dol|bitti|iptal',
  shut: 'askıya|engellen|devre dışı|donduruldu|kapatıl',
  wrong: 'geçersiz|hatalı|yanlış',
  refused: 'reddedildi',
  only: 'yalnızca|sadece|dahil değil|kullanılamaz',
  many: 'çok fazla',
  topUp: 'yükleyin|yükleme',
  upgrade: 'yükselt',
  subscribe: 'abone ol',
};
