import { meanings, vendor } from './vendor.ts';

/** https://razorpay.com/docs/errors/. `reason` tells what `code` does not. */
export const razorpay = vendor({
  id: 'razorpay',
  title: 'Razorpay',
  hosts: ['api.razorpay.com'],
  upstream: 'https://api.razorpay.com',
  auth: { in: 'header', name: 'Authorization', scheme: 'Basic' },
  keyPatterns: ['rzp_(?:live|test)_[0-9A-Za-z]{12,}'],
  pages: { status: 'https://status.razorpay.com', errors: 'https://razorpay.com/docs/errors/' },
  charges: true,
  codes: meanings({
    payment_method_expired: 'card_expired',
    payment_method_invalid:
      'incorrect_cvv incorrect_card_details invalid_card_number incorrect_card_expiry_date card_number_invalid incorrect_pin invalid_vpa card_not_enrolled bank_account_invalid mandate_not_active',
    card_declined:
      'payment_failed card_declined payment_declined insufficient_funds payment_cancelled payment_timed_out transaction_limit_exceeded payment_risk_check_failed incorrect_otp authentication_failed debit_instrument_blocked debit_instrument_inactive transaction_daily_limit_exceeded transaction_daily_count_exceeded',
    payment_service_outage:
      'gateway_technical_error bank_technical_error issuer_technical_error server_error bank_not_available',
    insufficient_funds: 'insufficient_balance',
  }),
  alsoMeans: { insufficient_funds: ['insufficient_funds'] },
  ordinary: ['input_validation_failed'],
});
