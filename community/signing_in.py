"""How people come in: settings that django-allauth reads, but for what the environment says."""

from community.environment import DEBUG

LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "members:space"
ACCOUNT_ADAPTER = "community.members.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "add_email": "community.members.forms.ChangeEmailForm",
    "change_password": "community.members.forms.ChangePasswordForm",
    "confirm_login_code": "community.members.forms.ConfirmCodeForm",
    "login": "community.members.forms.SignInForm",
    "reauthenticate": "community.members.forms.ReauthenticateForm",
    "request_login_code": "community.members.forms.RequestCodeForm",
    "reset_password": "community.members.forms.ResetPasswordForm",
    "reset_password_from_key": "community.members.forms.NewPasswordForm",
    "set_password": "community.members.forms.SetPasswordForm",
    "signup": "community.members.forms.SignUpForm",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1"]  # the password may stay empty: a code will do
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = True  # our adapter writes that mail to nobody
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_CONFIRMATION_EXPIRE_DAYS = 1
ACCOUNT_LOGIN_TIMEOUT = 86_400  # as long as the link
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True
ACCOUNT_LOGIN_ON_PASSWORD_RESET = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 600  # "It works for ten minutes."
ACCOUNT_LOGIN_BY_CODE_FORMAT = {"numeric": True, "length": 6, "dashed": False}
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
# Everybody who chose no password confirms by a code that a change is theirs (members.again).
ACCOUNT_REAUTHENTICATION_TIMEOUT = 600  # seconds

# ---- second factors
MFA_ADAPTER = "community.members.factors.FactorAdapter"
MFA_FORMS = {
    "activate_totp": "community.members.factor_forms.TurnOnAppForm",
    "add_webauthn": "community.members.factor_forms.AddPasskeyForm",
    "authenticate": "community.members.factor_forms.CodeForm",
    "authenticate_webauthn": "community.members.factor_forms.PasskeyForm",
    "edit_webauthn": "community.members.factor_forms.RenamePasskeyForm",
    "login_webauthn": "community.members.factor_forms.PasskeySignInForm",
    "reauthenticate": "community.members.factor_forms.CodeAgainForm",
    "reauthenticate_webauthn": "community.members.factor_forms.PasskeyAgainForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"  # a passkey is two factors: the device, and its owner
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEBUG  # http://localhost, while trying
MFA_TOTP_TOLERANCE = 1  # half a minute either way: clocks of phones differ
MFA_RECOVERY_CODES_SHOW_ONCE = True
