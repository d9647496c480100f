# DeepSeek with curl. Run it: sh ask.sh
curl --silent --show-error --include "$TOLLGATE_URL/deepseek/chat/completions" \
  --header "authorization: Bearer ${DEEPSEEK_API_KEY:-sandbox}" \
  --header 'content-type: application/json' \
  --data '{ "model": "deepseek-chat", "messages": [{ "role": "user", "content": "Hello?" }] }'
