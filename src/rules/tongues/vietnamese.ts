import type { Tongue } from './tongue.ts';

/** Vietnamese. */
export const vietnamese: Tongue = {
  purse: 'số dư|tín dụng|tiền|credit',
  budget: 'ngân sách|chi tiêu',
  card: 'thẻ|phương thức thanh toán',
  subscription: 'đăng ký|thuê bao|giấy phép|dùng thử',
  plan: 'gói',
  key: 'khóa|khoá|token|mã truy cập',
  allowance: 'hạn mức|giới hạn|hạn ngạch|yêu cầu',
  account: 'tài khoản|người dùng',
  region: 'quốc gia|khu vực',
  period: 'hàng ngày|hàng tháng|trong ngày|mỗi (?:ngày|tháng)',
  over: 'vượt|đạt|hết|cạn',
  lacking: 'không đủ|không có|thiếu|chưa|cần|hết',
  ended: 'hết hạn|kết thúc|đã hủy',
  shut: 'bị khóa|bị khoá|tạm ngưng|vô hiệu|đình chỉ',
  wrong: 'không hợp lệ|sai',
  refused: 'bị từ chối',
  only: 'chỉ |không hỗ trợ|không bao gồm',
  many: 'quá nhiều',
  topUp: 'nạp',
  upgrade: 'nâng cấp',
  subscribe: 'vui lòng đăng ký',
};
