; The installer of Partner Desk for Windows (https://nsis.sourceforge.io/Docs).
; build/nsis.go defines NAME, PUBLISHER, VERSION, HOMEPAGE, PROGRAM, ICON, WEBVIEW2,
; STUB, OUT, SIZE and, where there is a certificate, SIGN.
;
; For this user by default, without an administrator; for all users of the
; machine with /ALLUSERS, which needs one, or where it is there for all users
; already. /S is silent, /D=DIR (last) chooses the folder. The uninstaller takes
; /S, /ALLUSERS, and /REMOVEDATA to remove this user's data and passwords too.
; Exit codes: 0 done, 1 ended by the user, 2 failed, 32 Partner Desk is open,
; 740 an administrator is needed. /ELEVATED is how it starts itself as one.

Unicode true
Target ${STUB}
ManifestDPIAware true
ManifestSupportedOS Win10
RequestExecutionLevel user
SetCompressor /SOLID lzma
SetDateSave off
Name "${NAME}"
Caption "Install ${NAME} ${VERSION}"
BrandingText " "
OutFile "${OUT}"
InstallDir "$LOCALAPPDATA\Programs\${NAME}" ; its last part is added to a folder that is looked for
ShowInstDetails nevershow
ShowUninstDetails nevershow

VIProductVersion "${VERSION}.0"
VIFileVersion "${VERSION}.0"
VIAddVersionKey "ProductName" "${NAME}"
VIAddVersionKey "ProductVersion" "${VERSION}"
VIAddVersionKey "FileDescription" "Installs ${NAME}"
VIAddVersionKey "FileVersion" "${VERSION}"
VIAddVersionKey "CompanyName" "${PUBLISHER}"
VIAddVersionKey "LegalCopyright" "${PUBLISHER}"

!ifdef SIGN
  !finalize '${SIGN} "%1"' = 0
  !uninstfinalize '${SIGN} "%1"' = 0
!endif

!include MUI2.nsh
!include FileFunc.nsh
!include LogicLib.nsh
!include WinVer.nsh
!include x64.nsh

!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\PartnerDesk"
!define SCHEME "Software\Classes\partnerdesk"
!define EXE "partner-desk.exe"
!define DATA "$LOCALAPPDATA\partner-desk"
!define WEBVIEW2_CLIENT "Microsoft\EdgeUpdate\Clients\{F3017226-FE2A-4295-8BDF-00C3A9A7E4C5}"

Var AllUsers ; 1 for all users of the machine

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_ABORTWARNING
!define MUI_DIRECTORYPAGE_TEXT_TOP "${NAME} will be installed in this folder."
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!define MUI_FINISHPAGE_RUN "$INSTDIR\${EXE}"
!define MUI_FINISHPAGE_TITLE "${NAME} is installed"
!define MUI_FINISHPAGE_TEXT "You find it in the Start menu."
!insertmacro MUI_PAGE_FINISH
!define MUI_COMPONENTSPAGE_SMALLDESC
!insertmacro MUI_UNPAGE_COMPONENTS
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "English"

; Scope sets where everything goes, by $AllUsers.
!macro Scope
  ${If} $AllUsers == 1
    SetShellVarContext all
  ${Else}
    SetShellVarContext current
  ${EndIf}
  SetRegView 64
!macroend

; Refuse ends with a message, unless silent, and a code.
!macro Refuse CODE TEXT
  SetErrorLevel ${CODE}
  MessageBox MB_OK|MB_ICONSTOP "${TEXT}" /SD IDOK
  Quit
!macroend

; NeedAdministrator has Windows ask for one where $AllUsers takes one, and starts
; anew with these words; a silent run asks nothing and is refused.
!macro NeedAdministrator PROGRAM WORDS
  ${If} $AllUsers == 1
    UserInfo::GetAccountType
    Pop $0
    ${If} $0 != "Admin"
      ${GetParameters} $1
      ClearErrors
      ${GetOptions} $1 "/ELEVATED" $2
      ${If} ${Errors}
      ${AndIfNot} ${Silent}
        ClearErrors
        ExecShell "runas" "${PROGRAM}" "/ELEVATED /ALLUSERS ${WORDS}"
        ${IfNot} ${Errors}
          Quit
        ${EndIf}
      ${EndIf}
      !insertmacro Refuse 740 "To do this for all users of this computer, start it as an administrator."
    ${EndIf}
  ${EndIf}
!macroend

; RemoveProgram removes what was installed in a folder, and nothing else that is in it.
!macro RemoveProgram DIR
  Delete "${DIR}\${EXE}"
  Delete "${DIR}\uninstall.exe"
  RMDir "${DIR}" ; stays where the user has put something
!macroend

; NotOpen waits until the program can be replaced or removed.
!macro NotOpen
  ${Do}
    ${IfNot} ${FileExists} "$INSTDIR\${EXE}"
      ${ExitDo}
    ${EndIf}
    ClearErrors
    FileOpen $0 "$INSTDIR\${EXE}" a ; fails while it runs
    ${IfNot} ${Errors}
      FileClose $0
      ${ExitDo}
    ${EndIf}
    ${If} ${Cmd} `MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "${NAME} is open, or its folder can't be written to. Close it, then try again." /SD IDCANCEL IDCANCEL`
      SetErrorLevel 32
      Quit
    ${EndIf}
  ${Loop}
!macroend

Function .onInit
  ${IfNot} ${AtLeastWin10}
    !insertmacro Refuse 2 "${NAME} needs Windows 10 or newer."
  ${EndIf}
  ${If} $INSTDIR == "$LOCALAPPDATA\Programs\${NAME}"
    StrCpy $INSTDIR "" ; nobody has chosen yet
  ${EndIf}
  StrCpy $3 "/D=$INSTDIR"
  ${If} $INSTDIR == ""
    StrCpy $3 ""
  ${EndIf}
  SetRegView 64
  ${GetParameters} $1
  ClearErrors
  ${GetOptions} $1 "/ALLUSERS" $2
  ${IfNot} ${Errors}
    StrCpy $AllUsers 1
  ${EndIf}
  ReadRegStr $1 HKCU "${UNINSTALL}" "InstallLocation"
  ReadRegStr $2 HKLM "${UNINSTALL}" "InstallLocation"
  ${If} $1 == ""
  ${AndIf} $2 != ""
    StrCpy $AllUsers 1
  ${EndIf}
  !insertmacro NeedAdministrator "$EXEPATH" $3
  !insertmacro Scope
  ${If} $INSTDIR == ""
    ReadRegStr $INSTDIR SHCTX "${UNINSTALL}" "InstallLocation"
  ${EndIf}
  ${If} $INSTDIR == ""
    ${If} $AllUsers == 1
      StrCpy $INSTDIR "$PROGRAMFILES64\${NAME}"
    ${Else}
      StrCpy $INSTDIR "$LOCALAPPDATA\Programs\${NAME}"
    ${EndIf}
  ${EndIf}
FunctionEnd

; WebView2 shows the page. It is part of Windows 11 and of most Windows 10; its
; own installer fetches it where it is missing.
Function InstallWebView2
  ReadRegStr $0 HKLM "SOFTWARE\WOW6432Node\${WEBVIEW2_CLIENT}" "pv"
  ${If} $0 == ""
    ReadRegStr $0 HKLM "SOFTWARE\${WEBVIEW2_CLIENT}" "pv"
  ${EndIf}
  ${If} $0 == ""
    ReadRegStr $0 HKCU "Software\${WEBVIEW2_CLIENT}" "pv"
  ${EndIf}
  ${If} $0 != ""
  ${AndIf} $0 != "0.0.0.0"
    Return
  ${EndIf}
  DetailPrint "Installing Microsoft Edge WebView2"
  InitPluginsDir
  File "/oname=$PLUGINSDIR\MicrosoftEdgeWebview2Setup.exe" "${WEBVIEW2}"
  StrCpy $0 "it did not start"
  ExecWait '"$PLUGINSDIR\MicrosoftEdgeWebview2Setup.exe" /silent /install' $0
  ${If} $0 != 0
    MessageBox MB_OK|MB_ICONEXCLAMATION "Microsoft Edge WebView2 could not be installed ($0). ${NAME} needs it: connect to the internet and install it from microsoft.com." /SD IDOK
  ${EndIf}
FunctionEnd

Section
  !insertmacro NotOpen
  ClearErrors
  SetOutPath "$INSTDIR"
  File "/oname=${EXE}" "${PROGRAM}"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  ${If} ${Errors}
    !insertmacro Refuse 2 "$INSTDIR can't be written to. Choose another folder."
  ${EndIf}
  CreateShortcut "$SMPROGRAMS\${NAME}.lnk" "$INSTDIR\${EXE}"
  ReadRegStr $0 SHCTX "${UNINSTALL}" "InstallLocation"
  ${If} $0 != ""
  ${AndIf} $0 != $INSTDIR
    !insertmacro RemoveProgram $0 ; it has moved
  ${EndIf}

  WriteRegStr SHCTX "${SCHEME}" "" "URL:${NAME}"
  WriteRegStr SHCTX "${SCHEME}" "URL Protocol" ""
  WriteRegStr SHCTX "${SCHEME}\DefaultIcon" "" "$\"$INSTDIR\${EXE}$\",0"
  ; What comes after -- is never an option.
  WriteRegStr SHCTX "${SCHEME}\shell\open\command" "" "$\"$INSTDIR\${EXE}$\" -- $\"%1$\""

  WriteRegStr SHCTX "${UNINSTALL}" "DisplayName" "${NAME}"
  WriteRegStr SHCTX "${UNINSTALL}" "DisplayVersion" "${VERSION}"
  WriteRegStr SHCTX "${UNINSTALL}" "DisplayIcon" "$\"$INSTDIR\${EXE}$\",0"
  WriteRegStr SHCTX "${UNINSTALL}" "Publisher" "${PUBLISHER}"
  WriteRegStr SHCTX "${UNINSTALL}" "URLInfoAbout" "${HOMEPAGE}"
  WriteRegStr SHCTX "${UNINSTALL}" "InstallLocation" "$INSTDIR"
  WriteRegDWORD SHCTX "${UNINSTALL}" "EstimatedSize" ${SIZE}
  WriteRegDWORD SHCTX "${UNINSTALL}" "NoModify" 1
  WriteRegDWORD SHCTX "${UNINSTALL}" "NoRepair" 1
  StrCpy $0 ""
  ${If} $AllUsers == 1
    StrCpy $0 " /ALLUSERS"
  ${EndIf}
  WriteRegStr SHCTX "${UNINSTALL}" "UninstallString" "$\"$INSTDIR\uninstall.exe$\"$0"
  WriteRegStr SHCTX "${UNINSTALL}" "QuietUninstallString" "$\"$INSTDIR\uninstall.exe$\"$0 /S"

  Call InstallWebView2
SectionEnd

; First, since it takes the program. That knows what is its own, in the folder and
; in Windows' Credential Manager.
Section /o "un.My customers, settings and passwords on this computer" RemoveData
  !insertmacro NotOpen
  StrCpy $0 "it did not start"
  ExecWait '"$INSTDIR\${EXE}" --remove-data' $0
  ${If} $0 != 0
    SetErrorLevel 2
    MessageBox MB_OK|MB_ICONEXCLAMATION "Not all data could be removed ($0). It is in ${DATA}" /SD IDOK
  ${EndIf}
SectionEnd

Section "un.${NAME}"
  SectionIn RO
  !insertmacro NotOpen
  !insertmacro RemoveProgram $INSTDIR
  Delete "$SMPROGRAMS\${NAME}.lnk"
  ReadRegStr $0 SHCTX "${SCHEME}\shell\open\command" ""
  ${If} $0 == "$\"$INSTDIR\${EXE}$\" -- $\"%1$\""
    DeleteRegKey SHCTX "${SCHEME}"
  ${EndIf}
  DeleteRegKey SHCTX "${UNINSTALL}"
SectionEnd

; After the sections, whose numbers it uses.
Function un.onInit
  ${GetParameters} $1
  ClearErrors
  ${GetOptions} $1 "/ALLUSERS" $2
  ${IfNot} ${Errors}
    StrCpy $AllUsers 1
  ${EndIf}
  !insertmacro Scope
  !insertmacro NeedAdministrator "$INSTDIR\uninstall.exe" ""
  ClearErrors
  ${GetOptions} $1 "/REMOVEDATA" $2
  ${IfNot} ${Errors}
    SectionGetFlags ${RemoveData} $2
    IntOp $2 $2 | ${SF_SELECTED}
    SectionSetFlags ${RemoveData} $2
  ${EndIf}
FunctionEnd
