import type { Tongue } from './tongue.ts';

/** Indonesian and Malay. */
export const indonesian: Tongue = {
  purse: 'saldo|baki|kredit(?! card)|dana',
  budget: 'anggaran|pengeluaran',
  card: 'kartu|metode pembayaran',
  subscription: 'langganan|lisensi|masa percobaan|uji coba',
  plan: 'paket',
  key: 'kunci|token|sesi',
  allowance: 'kuota|batas|permintaan|penggunaan',
  account: 'akun|pengguna',
  region: 'negara|wilayah',
  period: 'harian|bulanan|mingguan',
  over: 'melebihi|terlampaui|habis|tercapai',
  lacking: 'tidak (?:cukup|mencukupi|memiliki|ada)|kurang|diperlukan|belum|tambahkan',
  ended: 'kedaluwarsa|kadaluarsa|berakhir|habis masa',
  shut: 'ditangguhkan|diblokir|dinonaktifkan|dibekukan',
  wrong: 'tidak valid|tidak sah|salah',
  refused: 'ditolak',
  only: 'hanya|tidak (?:termasuk|tersedia)',
  many: 'terlalu banyak',
  topUp: 'isi ulang|top ?up',
  upgrade: 'tingkatkan',
  subscribe: 'berlangganan',
};
